// A sales agent reads his page on a phone.
import { assert, phone, story } from './browser.mjs'

async function fits(page) {
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(width <= phone.width, `${width} pixels wide`)
}

story('a sales agent sees on his phone what to bring back, whom to help with, and why commission is held', async ({ page, shot, accessible }) => {
  await page.goto('/mine')
  await page.getByText(/您名下共 \d+ 件保单/).waitFor()
  await shot('mine-receipts')
  await accessible()
  await fits(page)
  for (const [part, name] of [['未联系上的客户', 'mine-calls'], ['我的工单', 'mine-tickets'], ['未发佣金', 'mine-commission']]) {
    await page.getByRole('button', { name: new RegExp(part) }).click()
    await shot(name)
    await accessible()
    await fits(page)
  }
  await page.getByText('首期佣金').first().waitFor()
  await page.getByText('回访内容概要').first().click()
  await page.getByText('确认购买并亲笔签名').first().waitFor()
  await accessible()
  await fits(page)
}, { role: 'sales_agent', viewport: phone })

story('a sales agent sees nothing of the offices', async ({ page }) => {
  await page.goto('/tickets')
  await page.waitForURL(/\/mine$/)
  assert.equal(await page.getByRole('link', { name: '工单', exact: true }).count(), 0)
}, { role: 'sales_agent', viewport: phone })
