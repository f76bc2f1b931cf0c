// A file is dropped, what is wrong with it is read and taken away, and the history says who brought what.
import { readFileSync } from 'node:fs'
import { assert, choose, story } from './browser.mjs'

const head = 'policy_no,channel,org_code,agent_code,product_code,holder_name,mobile_phone,premium,pay_mode,pay_years,term_months,issued_on,effective_on,commission'
const row = (number, { org, day, phone }) =>
  `${number},agency,${org},,,张三,${phone},6000,annual,10,240,${day},${day},600`

// Drops a file on the page as from a folder of the desk.
async function drop(page, name, text) {
  const transfer = await page.evaluateHandle(
    ([file_name, content]) => {
      const data = new DataTransfer()
      data.items.add(new File([content], file_name, { type: 'text/csv' }))
      return data
    },
    [name, text],
  )
  await page.locator('.drop').dispatchEvent('dragover', { dataTransfer: transfer })
  await page.locator('.drop').dispatchEvent('drop', { dataTransfer: transfer })
}

const officeOf = async (page) =>
  page.evaluate(async () => {
    const answer = await fetch('/api/me')
    return (await answer.json()).account.org_code
  })

story('a file of policies is dropped, its rejects are read and taken away', async ({ page, shot, accessible }) => {
  await page.goto('/imports')
  await page.getByText('将 CSV 或 XLSX 文件拖到此处').waitFor()
  await page.getByRole('link', { name: '查看' }).first().waitFor()
  await shot('imports')
  await accessible()
  const org = await officeOf(page)
  const lines = [head]
  for (let n = 0; n < 1500; ++n) lines.push(row(`W${n}`, { org, day: '2021-10-08', phone: `138${String(n).padStart(8, '0')}` }))
  lines.push(row('W-bad-1', { org, day: '2021-02-30', phone: '13800000001' }))
  lines.push(row('W-bad-2', { org: 'nowhere', day: '2021-10-08', phone: '13800000002' }))
  lines.push(row('W-bad-3', { org, day: '2021-10-08', phone: '13800000003' }).replace(',6000,', ',<b>13912345678</b>,'))
  await drop(page, '保单-十月.csv', lines.join('\n') + '\n')
  await page.getByText('按表头识别，可更改').waitFor()
  await page.getByLabel('应有行数').fill('1503')
  await page.getByLabel('保费合计（元）').fill('9018000.00')
  await shot('imports-sent')
  await accessible()
  await page.getByRole('button', { name: '开始导入' }).click()
  await page.getByText('事实已入库').waitFor()
  await page.getByRole('cell', { name: 'policies.unknown_org' }).waitFor()
  await shot('imports-result', { full: true })
  await accessible()
  const rejects = page.getByRole('region', { name: '拒收明细' })
  assert.equal(await rejects.locator('tbody tr').count(), 4)
  const shown = await rejects.innerText()
  assert.ok(!shown.includes('13912345678'), 'a phone in the wrong column is masked')
  assert.ok(shown.includes('<b>139****5678</b>'), shown)
  await page.getByText('总数不符').first().waitFor()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('section').filter({ has: rejects }).getByRole('button', { name: '导出 CSV' }).last().click(),
  ])
  const saved = readFileSync(await file.path(), 'utf8')
  assert.equal(file.suggestedFilename(), '保单-十月.csv.rejects.csv')
  assert.equal(saved.trim().split('\n').length, 5)
  const newest = page.getByRole('region', { name: '导入记录' }).locator('tbody tr').first()
  assert.match(await newest.innerText(), /保单-十月\.csv[\s\S]*1,503[\s\S]*1,500[\s\S]*3/)
  await newest.getByRole('link', { name: '查看' }).click()
  await page.getByRole('heading', { name: /^导入 \d+$/ }).waitFor()
  await page.getByRole('cell', { name: 'policies.unknown_org' }).waitFor()
  await shot('imports-one')
}, { role: 'administrator' })

story('a file that is nothing we know is refused in words', async ({ page, shot, accessible }) => {
  await page.goto('/imports')
  await page.getByText('将 CSV 或 XLSX 文件拖到此处').waitFor()
  await drop(page, 'a.csv', '')
  await page.getByText('文件为空').waitFor()
  await drop(page, 'b.csv', 'one,two\n1,2\n')
  await page.getByText('无法按表头识别，请选择').waitFor()
  assert.ok(await page.getByRole('button', { name: '开始导入' }).isDisabled())
  await choose(page, '文件种类', /保单 识别/)
  await page.getByText('首行应为列名').waitFor()
  await shot('imports-unknown')
  await accessible()
}, { role: 'supervisor' })
