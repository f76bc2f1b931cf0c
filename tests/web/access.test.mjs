// Signing in and out, the first password, a sign-in that ends while somebody types.
import { assert, choose, demo, phone, story } from './browser.mjs'

async function signIn(page, name, password) {
  await page.getByLabel('用户名').fill(name)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录' }).click()
}

story('somebody signs in, by mistake first, and out', async ({ page, shot, accessible }) => {
  await page.goto('/system/accounts')
  await page.waitForURL(/\/sign-in\?next=/)
  await shot('sign-in')
  await accessible()
  await signIn(page, 'admin', 'wrong')
  await page.getByText('用户名或密码错误').waitFor()
  await signIn(page, 'admin', demo.password)
  await page.waitForURL(/\/system\/accounts$/)
  await page.getByRole('cell', { name: 'admin', exact: true }).waitFor()
  await page.getByRole('button', { name: '退出' }).click()
  await page.waitForURL(/\/sign-in$/)
  await page.goto('/')
  await page.waitForURL(/\/sign-in$/)
})

story('the language is chosen and stays', async ({ page, shot }) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  await page.reload()
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  assert.equal(await page.locator('html').getAttribute('lang'), 'en')
  await shot('sign-in-en')
})

story('signing in on a phone', async ({ page, shot, accessible }) => {
  await page.goto('/sign-in')
  await shot('sign-in-phone')
  await accessible()
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(width <= phone.width, `${width} pixels wide`)
}, { viewport: phone })

story('a page shows the menu of the role, and others stay closed', async ({ page }) => {
  await page.goto('/system/accounts')
  await page.waitForURL((url) => url.pathname !== '/system/accounts')
  assert.equal(await page.getByRole('link', { name: '用户与岗位' }).count(), 0)
}, { role: 'sales_agent' })

story('an address that is no page says so', async ({ page, accessible }) => {
  await page.goto('/nothing/here')
  await page.getByRole('heading', { name: '页面不存在' }).waitFor()
  await accessible()
}, { role: 'administrator' })

story('a sign-in that ended loses nothing that was typed', async ({ page, shot, accessible }) => {
  await page.goto('/system/accounts')
  await page.getByRole('button', { name: '新建用户' }).click()
  const dialog = page.getByRole('dialog', { name: '新建用户' })
  await dialog.getByLabel('用户名').fill('xinren')
  await dialog.getByLabel('姓名').fill('新来的人')
  await choose(dialog, '机构', /江苏分公司/)
  await page.context().clearCookies()
  await dialog.getByRole('button', { name: '保存' }).click()
  const again = page.getByRole('dialog', { name: '登录已过期' })
  await again.getByLabel('密码').waitFor()
  await shot('sign-in-again')
  await accessible()
  await again.getByLabel('密码').fill(demo.password)
  await again.getByRole('button', { name: '登录' }).click()
  await page.getByRole('dialog', { name: '一次性密码' }).waitFor()
  await page.getByRole('button', { name: '我已记下' }).click()
  await page.getByRole('cell', { name: '新来的人' }).waitFor()
}, { role: 'administrator' })
