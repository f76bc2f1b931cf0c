// The supervisor's wall: what waits, what the seats do; a case changes hands; attempts needed by day.
import { readFile } from 'node:fs/promises'
import { account, assert, story, until } from './browser.mjs'

const wall = { width: 1920, height: 1080 }

story('a supervisor reassigns the case of a seat', async ({ page, shot, accessible, another }) => {
  const agent = account('call_agent')
  const seat = await another({ name: agent.name })
  await seat.goto('/calls')
  await seat.getByRole('button', { name: /下一个任务/ }).click()
  await page.goto('/')
  await page.waitForURL(/\/supervision$/) // where the work of a supervisor begins
  assert.equal(await page.getByRole('link', { name: '坐席工作台' }).count(), 0, 'nobody without a seat calls')
  const queue = page.getByRole('region', { name: '队列（按环节）' })
  const callable = queue.getByRole('row').last().getByRole('cell').first()
  await until(async () => (await page.locator('.tiles .figure').first().innerText()) === (await callable.innerText()), 'the rows add up')
  const seats = page.getByRole('region', { name: '坐席', exact: true })
  const row = seats.getByRole('row').filter({ hasText: '通话中' }).first()
  await row.waitFor()
  await shot('supervision')
  await accessible()
  const policy_no = (await row.getByRole('link').textContent()).trim()
  await row.getByRole('button', { name: '改派' }).click()
  const dialog = page.getByRole('dialog', { name: `改派 ${policy_no}` })
  await dialog.getByRole('textbox').fill('坐席临时离开')
  await shot('supervision-reassign')
  await accessible()
  await dialog.getByRole('button', { name: '确定' }).click()
  await page.getByText('已放回队列').waitFor()
  await seats.getByRole('row').filter({ hasText: policy_no }).waitFor({ state: 'detached' })
  await page.getByLabel('输入保单号，查看此刻不能拨打的原因').fill(policy_no)
  await page.getByRole('button', { name: '为何未回访' }).click()
  await page.waitForURL(/\/cases\/.*tab=why/)
}, { role: 'supervisor', viewport: wall })

story('the next cases with what can be done with them, on a desk too', async ({ page, shot, accessible }) => {
  await page.goto('/supervision')
  const next = page.getByRole('region', { name: '接下来要拨打的案件' })
  const act = next.getByRole('button', { name: '改派' }).first()
  await act.waitFor()
  await act.scrollIntoViewIfNeeded()
  const [place, table] = [await act.boundingBox(), await next.boundingBox()]
  assert.ok(place.x + place.width <= table.x + table.width, 'it is not beyond the edge')
  await shot('supervision-desk')
  await accessible()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('section.panel', { has: page.getByRole('heading', { name: /接下来/ }) }).getByRole('button', { name: '导出 CSV' }).click(),
  ])
  const lines = (await readFile(await file.path(), 'utf8')).split('\n').filter((line) => /,首访,|,二访,/.test(line))
  assert.equal(lines.length, await next.locator('tbody tr').count())
}, { role: 'supervisor' })

story('the attempts of the days to come', async ({ page, shot, accessible }) => {
  await page.goto('/supervision/capacity')
  const table = page.getByRole('region', { name: '产能测算' })
  await table.getByRole('cell', { name: '首访' }).first().waitFor()
  await shot('capacity')
  await accessible()
  const rows = await table.getByRole('row').count()
  assert.ok(rows > 2)
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 CSV' }).click()])
  assert.equal((await readFile(await file.path(), 'utf8')).trim().split('\n').length, rows)
}, { role: 'supervisor' })
