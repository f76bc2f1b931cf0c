// The stored records as files: of the own offices, without a phone number in full.
import { readFileSync } from 'node:fs'
import { assert, story } from './browser.mjs'

story('records are taken away as files', async ({ page, shot, accessible }) => {
  await page.goto('/exports')
  await page.getByRole('heading', { name: '数据导出' }).waitFor()
  await shot('exports')
  await accessible()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '回访记录 CSV' }).click()])
  assert.match(file.suggestedFilename(), /^attempts-\d{4}-\d\d-\d\d\.csv$/)
  const text = readFileSync(await file.path(), 'utf8')
  assert.ok(text.startsWith('\ufeffattempt_id,policy_no,'))
  assert.ok(text.trim().split('\n').length > 100)
  assert.ok(!/(?<!\d)1[3-9]\d{9}(?!\d)/.test(text), 'a phone is masked')
  assert.equal(await page.getByRole('button', { name: '佣金 XLSX' }).count(), 1)
}, { role: 'auditor' })

story('who may not see money exports none', async ({ page }) => {
  await page.goto('/exports')
  await page.getByRole('button', { name: '回访案件 XLSX' }).waitFor()
  assert.equal(await page.getByRole('button', { name: '佣金 XLSX' }).count(), 0)
}, { role: 'call_agent' })
