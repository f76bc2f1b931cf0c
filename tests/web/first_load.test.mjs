// What a browser has to fetch before a person can work.
import { assert, demo, story } from './browser.mjs'

const bytes_max = 300 * 1024

async function bytesFetched(page, act) {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  let bytes = 0
  session.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength))
  await act()
  await page.waitForLoadState('networkidle')
  return bytes
}

story('signing in and the first page of the seat are under 300 KB', async ({ page }) => {
  const bytes = await bytesFetched(page, async () => {
    await page.goto('/')
    await page.getByLabel('用户名').fill(demo.accounts.find(({ role }) => role === 'call_agent').name)
    await page.getByLabel('密码', { exact: true }).fill(demo.password)
    await page.getByRole('button', { name: '登录' }).click()
    await page.waitForURL((url) => url.pathname !== '/sign-in')
    await page.getByRole('heading', { level: 1 }).waitFor()
  })
  console.log(`first load: ${(bytes / 1024).toFixed(1)} KB`)
  assert.ok(bytes > 20 * 1024, 'nothing was counted')
  assert.ok(bytes < bytes_max, `${bytes} bytes`)
})
