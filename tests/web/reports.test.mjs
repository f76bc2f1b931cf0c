// Failure analysis and the reports of a month: what the page shows is what the workbook holds.
import { inflateRawSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { assert, choose, demo, story } from './browser.mjs'

// The texts and numbers of the first sheet of a workbook, row by row, as they are stored.
function firstSheet(data) {
  const parts = new Map()
  for (let at = data.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = data.indexOf('PK\x01\x02', at + 46, 'latin1')) {
    const compressed = data.readUInt32LE(at + 20), name_size = data.readUInt16LE(at + 28)
    const local = data.readUInt32LE(at + 42)
    const name = data.toString('utf8', at + 46, at + 46 + name_size)
    const start = local + 30 + data.readUInt16LE(local + 26) + data.readUInt16LE(local + 28)
    parts.set(name, inflateRawSync(data.subarray(start, start + compressed)).toString('utf8'))
  }
  const plain = (xml) => xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  const strings = [...(parts.get('xl/sharedStrings.xml') ?? '').matchAll(/<si>.*?<\/si>/gs)].map(([item]) =>
    plain([...item.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, text]) => text).join('')),
  )
  return [...parts.get('xl/worksheets/sheet1.xml').matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row]) =>
    [...row.matchAll(/<c ([^>]*)>(?:<v>(.*?)<\/v>)?/gs)].map(([, kind, value]) =>
      value === undefined ? '' : kind.includes('t="s"') ? strings[Number(value)] : Number(value),
    ),
  )
}

const numberOf = (text) => {
  const number = Number(text.replaceAll(',', '').replace('−', '-').replace('%', ''))
  return text.endsWith('%') ? number / 100 : number
}

story('the failure analysis shows the figures of its workbook', async ({ page, shot, accessible }) => {
  await page.goto('/reports/failure-analysis')
  await page.getByRole('heading', { name: '失败分析' }).waitFor()
  await page.locator('.report .tiles dd.figure').first().waitFor()
  await page.locator('.chart svg').first().waitFor()
  await shot('reports-failure-analysis')
  await accessible()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'XLSX' }).first().click()])
  assert.match(file.suggestedFilename(), /首访不成功与补访分析.*\.xlsx$/)
  const sheet = firstSheet(readFileSync(await file.path()))
  const rows = await page.locator('.report section table tbody tr:not(.heading)').evaluateAll((found) =>
    found.map((row) => [...row.querySelectorAll('td')].map((cell) => ({ text: cell.textContent.trim(), is_number: cell.classList.contains('number') }))),
  )
  assert.ok(rows.length > 20)
  const listed = await page.locator('.report > section:last-child tbody tr').count()
  let compared = 0
  for (const row of rows.slice(0, rows.length - listed)) {
    const same = sheet.filter((cells) => cells[0] === row[0].text)
    assert.ok(same.length > 0, `${row[0].text} is not in the workbook`)
    const numbers = row.slice(1).filter((cell) => cell.is_number && /\d/.test(cell.text)).map((cell) => numberOf(cell.text))
    const fits = same.some((cells) => {
      const there = cells.slice(1).filter((value) => typeof value === 'number')
      return numbers.every((number, n) => Math.abs(number - there[n]) < 1e-9)
    })
    assert.ok(fits, `${row.map((cell) => cell.text)} differs from ${JSON.stringify(same)}`)
    compared += numbers.length
  }
  assert.ok(compared > 30, `${compared} figures compared`)
}, { role: 'auditor' })

story('a report of another period and office is made, and its address can be passed on', async ({ page, shot, accessible }) => {
  await page.goto('/reports')
  await page.locator('.report h2').first().waitFor()
  await shot('reports-month')
  await accessible()
  await choose(page, '报表', '统计月报表')
  await page.getByRole('button', { name: '生成报表' }).click()
  await page.getByRole('heading', { name: '应访、已访与成功' }).waitFor()
  await shot('reports-monthly-statistics')
  const address = page.url()
  assert.match(address, /report=monthly-statistics&period=\d{4}-\d\d/)
  await page.goto(address)
  await page.getByRole('heading', { name: '应访、已访与成功' }).waitFor()
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Due, visited, successful' }).waitFor()
  await shot('reports-monthly-statistics-en')
}, { role: 'supervisor' })

story('a branch sees reports of its own offices', async ({ page }) => {
  await page.goto('/reports/failure-analysis')
  await page.locator('.report h2').first().waitFor()
  await page.getByLabel(/^机构/).click({ force: true })
  await page.getByRole('option').first().waitFor()
  const offered = await page.getByRole('option').allTextContents()
  const branch = demo.accounts.find((known) => known.role === 'branch_handler')
  assert.ok(offered.length > 1 && offered.slice(1).every((name) => !name.includes('总公司')), offered.join(' '))
  assert.ok(offered.some((name) => name.includes(branch.org_code)))
}, { role: 'branch_handler' })
