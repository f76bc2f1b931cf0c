// A branch works through its tickets: from the inbox to closed, with evidence, and the papers for a visit to the door.
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { account, assert, story, until } from './browser.mjs'
import { folder } from './places.mjs'

const evidence = join(folder, '补签名.pdf')
writeFileSync(evidence, '%PDF-1.7\nthe holder signs again\n')

// Asks the server as somebody who is signed in.
async function asking(server, name) {
  const headers = { Cookie: `shouyue=${await server.signIn(name)}`, 'Content-Type': 'application/json' }
  const me = await (await fetch(`${server.url}/api/me`, { headers })).json()
  return async (method, path, body) => {
    const more = method === 'GET' ? {} : { 'X-CSRF-Token': me.csrf, 'Idempotency-Key': randomUUID() }
    const answer = await fetch(server.url + path, { method, headers: { ...headers, ...more }, body: JSON.stringify(body) })
    assert.ok(answer.ok, `${method} ${path}: ${answer.status}`)
    return answer.status === 204 ? undefined : answer.json()
  }
}

const handler = 'jigou-daiqian'
const own_password = '山下第三座桥边的老茶馆里有一位说书人'

// Somebody for the branch that has a signature that is not the holder's, with a password of his own.
async function employ(server) {
  const head = await asking(server, account('supervisor').name)
  const { rows } = await head('GET', '/api/tickets?kind=problem')
  const { org_code } = rows.find((row) => row.subtype === 'proxy_signature')
  const admin = await asking(server, 'admin')
  const { one_time_password } = await admin('PUT', `/api/accounts/${handler}`, {
    display_name: '林晓',
    role: 'branch_handler',
    org_code,
  })
  if (!one_time_password) return
  const cookie = await server.signIn(handler, one_time_password)
  const headers = { Cookie: `shouyue=${cookie}`, 'Content-Type': 'application/json' }
  const me = await (await fetch(`${server.url}/api/me`, { headers })).json()
  const answer = await fetch(`${server.url}/api/me/password`, {
    method: 'PUT',
    headers: { ...headers, 'X-CSRF-Token': me.csrf, 'Idempotency-Key': randomUUID() },
    body: JSON.stringify({ before: one_time_password, after: own_password }),
  })
  assert.equal(answer.status, 204)
}

// A page of that handler at the first ticket of the inbox for which somebody else signed.
async function openProxySignature({ server, another }) {
  await employ(server)
  const page = await another({ name: handler, password: own_password })
  await page.goto('/tickets')
  const row = page.getByRole('row').filter({ hasText: '代签名' }).first()
  await row.getByRole('link', { name: '处理' }).click()
  await page.getByRole('heading', { name: /代签名/ }).waitFor()
  return page
}

async function take(page, step, more = async () => {}) {
  const form = page.locator('section').filter({ has: page.getByRole('heading', { name: '处理', exact: true }) })
  await form.getByText(step, { exact: true }).click()
  await more(form)
  await form.getByRole('button', { name: '提交' }).click()
  await page.locator('ol strong', { hasText: step }).waitFor()
}

// By the keyboard: Enter opens the list.
async function choose(page, where, label, option) {
  await where.getByRole('combobox', { name: label }).press('Enter')
  await page.getByRole('option', { name: option }).click()
}

story('a branch resolves a signature that is not the holder’s, from the inbox to closed', async (tools) => {
  const { shot, accessible } = tools
  const page = await openProxySignature(tools)
  await page.getByText('投保单证代签名').or(page.getByText('风险提示语代抄录')).first().waitFor()
  await page.getByText(/7 个工作日/).waitFor()
  await page.getByRole('button', { name: '播放' }).click()
  await page.getByText('录音不在本系统').waitFor() // the demo's calls were recorded elsewhere
  await shot('ticket', { page, full: true })
  await accessible({ page })
  await take(page, '受理')
  await page.locator('input[type=file]').setInputFiles(evidence)
  const kept = page.getByRole('link', { name: '补签名.pdf' })
  const [seen] = await Promise.all([page.context().waitForEvent('page'), kept.click()])
  await seen.waitForLoadState()
  await seen.close()
  assert.equal((await page.request.get(await kept.getAttribute('href'))).headers()['content-type'], 'application/pdf')
  await take(page, '反馈', async (form) => {
    await choose(page, form, '处理结果', '已补签名')
    await form.getByLabel('备注').fill('已预约上门，投保人当面补签。')
  })
  await take(page, '解决', async (form) => choose(page, form, '处理结果', '已补签名'))
  await take(page, '结案')
  await page.getByText('已结案').first().waitFor()
  await shot('ticket-closed', { page, full: true })
})

story('the inbox is filtered by kind, timeliness and office', async ({ page, shot, accessible }) => {
  await page.goto('/tickets')
  await page.getByRole('row').nth(1).waitFor()
  await shot('tickets')
  await accessible()
  const everything = await page.getByRole('button', { name: /^全部 \d+$/ }).textContent()
  await choose(page, page, '工单类别', '核实件')
  await page.getByRole('button', { name: '查询' }).click()
  await until(async () => !(await page.locator('body').textContent()).includes(everything.trim()), 'fewer are counted')
  for (const cell of await page.locator('.data-table tbody td:nth-child(3)').allTextContents()) assert.match(cell, /核实件/)
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
  const visit = page.getByRole('dialog', { name: '登记回访' })
  await visit.getByText('还需要：接通结果').waitFor() // nothing is taken for granted
  assert.ok(await visit.getByRole('button', { name: '保存' }).isDisabled())
  await choose(page, visit, '接通结果', '接通')
  await visit.getByText('还需要：接听人、身份核实、问卷').waitFor()
  await shot('ticket-visit')
  await accessible()
  await choose(page, visit, '接通结果', '无人接听')
  await visit.getByRole('button', { name: '保存' }).click()
  await visit.waitFor({ state: 'hidden' })
}, { role: 'branch_handler' })

story('the order for a visit to the door is a page to print', async (tools) => {
  const page = await openProxySignature(tools)
  const link = page.getByRole('link', { name: /上门回访工单/ })
  const [paper] = await Promise.all([page.context().waitForEvent('page'), link.click()])
  await paper.getByRole('heading', { name: '上门回访工单' }).waitFor()
  await tools.shot('door-visit', { page: paper, full: true })
  const pdf = await paper.pdf({ path: join(folder, 'screens', 'door-visit.pdf'), preferCSSPageSize: true })
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
})

story('a handler of another branch does not find the ticket', async (tools) => {
  const page = await openProxySignature(tools)
  const stranger = await tools.another({ role: 'branch_handler' })
  await stranger.goto(new URL(page.url()).pathname)
  await stranger.getByText(/不存在/).waitFor()
})

// The agent of the first ticket of the inbox is off since the beginning of the month.
async function letGo(server) {
  const ask = await asking(server, account('supervisor').name)
  const { ticket_id, org_code } = (await ask('GET', '/api/tickets?kind=verification')).rows[0]
  const { contact } = await ask('GET', `/api/tickets/${ticket_id}`)
  const headers = { Cookie: `shouyue=${await server.signIn(account('supervisor').name)}`, 'Content-Type': 'application/octet-stream' }
  const { csrf } = await (await fetch(`${server.url}/api/me`, { headers })).json()
  const sent = await fetch(`${server.url}/api/imports/files?file_name=agents.csv`, {
    method: 'POST',
    headers: { ...headers, 'X-CSRF-Token': csrf, 'Idempotency-Key': randomUUID() },
    body: `code,name,org_code,channel,left_on\n${contact.agent_code},吴离,${org_code},agency,2021-10-01\n`,
  })
  await ask('POST', '/api/imports', { file: (await sent.json()).id, kind: 'agents' })
  return ticket_id
}

story('the inbox marks the tickets of agents who have left: the office works on them', async ({ page, server, shot, accessible }) => {
  const ticket_id = await letGo(server)
  for (let n = 0; n < 100; ++n) {
    const { rows } = await (await page.request.get('/api/tickets?agent_left=true')).json()
    if (rows.some((row) => row.ticket_id === ticket_id)) break
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await page.goto('/tickets')
  await page.getByText('只看业务员已离职的').click()
  await page.getByRole('cell', { name: /机构回访岗.*业务员已离职/ }).first().waitFor()
  await shot('tickets-agent-left')
  await accessible()
  await page.getByRole('link', { name: '处理' }).first().click()
  await page.getByText('业务员已离职，由机构回访岗处理').waitFor()
  await shot('ticket-agent-left')
}, { role: 'supervisor' })
