// A branch works through its tickets: from the inbox to closed, with evidence, and the papers for a visit to the door.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { account, assert, story } from './browser.mjs'
import { folder } from './places.mjs'

const evidence = join(folder, '补签名.pdf')
writeFileSync(evidence, '%PDF-1.7\nthe holder signs again\n')

// The first ticket of the inbox for which somebody else signed.
async function openProxySignature(page) {
  await page.goto('/tickets')
  const row = page.getByRole('row').filter({ hasText: '代签名' }).first()
  await row.getByRole('link', { name: '处理' }).click()
  await page.getByRole('heading', { name: /代签名/ }).waitFor()
}

async function take(page, step, more = async () => {}) {
  const form = page.locator('section').filter({ has: page.getByRole('heading', { name: '处理', exact: true }) })
  await form.getByText(step, { exact: true }).click()
  await more(form)
  await form.getByRole('button', { name: '提交' }).click()
  await page.locator('ol strong', { hasText: step }).waitFor()
}

async function choose(page, form, label, option) {
  await form.getByLabel(label).click()
  await page.getByRole('option', { name: option }).click()
}

story('a branch resolves a signature that is not the holder’s, from the inbox to closed', async ({ page, shot, accessible }) => {
  await page.goto('/tickets')
  await page.getByRole('row').nth(1).waitFor()
  await shot('tickets')
  await accessible()
  await openProxySignature(page)
  await page.getByText('投保单证代签名').or(page.getByText('风险提示语代抄录')).first().waitFor()
  await page.getByText(/个工作日/).first().waitFor()
  await shot('ticket', { full: true })
  await accessible()
  await take(page, '受理')
  await page.locator('input[type=file]').setInputFiles(evidence)
  await page.getByRole('link', { name: '补签名.pdf' }).waitFor()
  await take(page, '反馈', async (form) => {
    await choose(page, form, '处理结果', '已补签名')
    await form.getByLabel('备注').fill('已预约上门，投保人当面补签。')
  })
  await take(page, '解决', async (form) => choose(page, form, '处理结果', '已补签名'))
  await take(page, '结案')
  await page.getByText('已结案').first().waitFor()
  await shot('ticket-closed', { full: true })
}, { role: 'branch_handler' })

story('the inbox is filtered by kind, timeliness and office', async ({ page, shot }) => {
  await page.goto('/tickets')
  await page.getByRole('row').nth(1).waitFor()
  const everything = await page.getByRole('button', { name: /^全部 \d+$/ }).textContent()
  await page.getByLabel('工单类别').click()
  await page.getByRole('option', { name: '核实件' }).click()
  await page.getByRole('button', { name: '查询' }).click()
  await page.waitForFunction((before) => !document.body.textContent.includes(before), everything.trim())
  for (const cell of await page.locator('tbody tr td:nth-child(3)').allTextContents()) assert.match(cell, /核实件/)
  await shot('tickets-verification')
}, { role: 'branch_handler' })

story('the next visit is booked at a time that the rules allow, and a visit of the office is written down', async ({ page, shot, accessible }) => {
  await page.goto('/tickets')
  await page.getByRole('row').filter({ hasText: '核实件' }).first().getByRole('link', { name: '处理' }).click()
  await page.getByRole('heading', { name: /核实件/ }).waitFor()
  const form = page.locator('section').filter({ has: page.getByRole('heading', { name: '处理', exact: true }) })
  await form.getByText('反馈', { exact: true }).click()
  await form.getByRole('button', { name: '预约回访时间' }).click()
  const slot = page.getByRole('dialog', { name: '预约回访时间' }).locator('.week button').first()
  await slot.waitFor()
  await shot('ticket-booking')
  await accessible()
  await slot.click()
  await form.getByRole('button', { name: '提交' }).click()
  await page.locator('ol strong', { hasText: '反馈' }).waitFor()
  await page.getByRole('button', { name: '登记回访' }).click()
  await page.getByRole('dialog', { name: '登记回访' }).getByRole('combobox', { name: '回访时间' }).waitFor()
  await shot('ticket-visit')
  await accessible()
}, { role: 'branch_handler' })

story('the order for a visit to the door is a page to print', async ({ page, shot, server }) => {
  await openProxySignature(page)
  const [paper] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('link', { name: /上门回访工单/ }).click()])
  await paper.getByRole('heading', { name: '上门回访工单' }).waitFor()
  await shot('door-visit', { page: paper, full: true })
  const pdf = await paper.pdf({ path: join(folder, 'screens', 'door-visit.pdf'), preferCSSPageSize: true })
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
  assert.ok(server.url)
}, { role: 'branch_handler' })

story('a handler of another branch does not find the ticket', async ({ page, another }) => {
  await openProxySignature(page)
  const address = new URL(page.url()).pathname
  const other = account('branch_handler', 1)
  assert.ok(other, 'the demo has two branches')
  const stranger = await another({ name: other.name })
  await stranger.goto(address)
  await stranger.getByText(/不存在/).waitFor()
}, { role: 'branch_handler' })
