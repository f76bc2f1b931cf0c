// Receipts and commission: a receipt recorded, a month's settlement from the preview to an agent's statement.
import { assert, choose, story } from './browser.mjs'

story('a month is settled: from the preview to the statement of an agent', async ({ page, shot, accessible }) => {
  await page.goto('/commission/settlements')
  await page.getByText('未到：以下为目前推导').waitFor()
  const total = page.locator('tfoot tr')
  await total.waitFor()
  await shot('settlement-preview')
  await accessible()
  // The settlement that has run, and what it paid.
  await page.getByRole('combobox', { name: /结算/ }).click()
  await page.getByRole('option').filter({ hasNotText: '预览' }).first().click()
  await page.getByText('已入账').waitFor()
  await shot('settlement')
  const agents = page.getByRole('region', { name: '佣金结算' }).getByRole('link')
  await agents.first().click()
  await page.getByRole('heading', { name: /佣金结算单/ }).waitFor()
  await page.getByRole('region', { name: '结算明细' }).getByRole('link').first().waitFor()
  await shot('statement', { full: true })
  await accessible()
  const print = page.getByRole('link', { name: '打印' })
  const printed = await page.request.get(await print.getAttribute('href'))
  assert.equal(printed.status(), 200)
  assert.match(await printed.text(), /实发/)
  await page.getByRole('region', { name: '结算明细' }).getByRole('link').first().click()
  await page.getByRole('heading', { name: /佣金台账/ }).waitFor()
  await page.getByText('已入账合计').waitFor()
  await shot('ledger')
  await accessible()
}, { role: 'quality_officer' })

story('commission kept back, and what would be paid if the receipts came back', async ({ page, shot, accessible }) => {
  await page.goto('/commission/held')
  await page.getByRole('link', { name: '台账' }).first().waitFor()
  await shot('held')
  await accessible()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 CSV' }).click()])
  assert.match(file.suggestedFilename(), /\.csv$/)
  await page.goto('/commission/what-if')
  await page.getByRole('button', { name: '试算' }).click()
  await page.getByText('会发放', { exact: true }).first().waitFor()
  await page.mouse.move(0, 0)
  await page.getByRole('button', { name: '导出 XLSX' }).waitFor()
  await shot('what-if')
  await accessible()
  const [supposed] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 XLSX' }).click()])
  assert.match(supposed.suggestedFilename(), /what-if-.*\.xlsx$/)
}, { role: 'quality_officer' })

story('a branch records a receipt that came back', async ({ page, shot, accessible }) => {
  await page.goto('/receipts')
  const button = page.getByRole('button', { name: '登记' }).first()
  await button.waitFor()
  await shot('receipts')
  await accessible()
  await button.click()
  const dialog = page.getByRole('dialog', { name: /登记回执/ })
  await dialog.getByRole('button', { name: '保存' }).and(page.locator(':not([disabled])')).waitFor()
  const day = await page.evaluate(async () => (await (await fetch('/api/me')).json()).now.slice(0, 10))
  for (const field of ['签收', '交回', '核销']) {
    await dialog.getByLabel(field, { exact: true }).fill(day)
    await dialog.getByLabel(field, { exact: true }).press('Enter')
  }
  await shot('receipt-dialog')
  await choose(dialog, '回执类型', '电子')
  for (const field of ['纸质签收', '指定回访日期']) {
    await dialog.getByLabel(field, { exact: true }).fill(day)
    await dialog.getByLabel(field, { exact: true }).press('Enter')
  }
  await shot('receipt-dialog-electronic')
  await accessible()
  const [sent] = await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === 'PUT'),
    dialog.getByRole('button', { name: '保存' }).click(),
  ])
  await dialog.waitFor({ state: 'hidden' })
  const saved = (await sent.json()).versions.at(-1)
  assert.deepEqual([saved.kind, saved.signed_on, saved.paper_signed_on, saved.preferred_visit_on], ['electronic', day, day, day])
}, { role: 'quality_officer' })
