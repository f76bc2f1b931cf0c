// What the office sees of other systems: how far the webhooks are, tokens of programs, the links of a policy.
import { assert, connect, expect_ms, story } from './browser.mjs'

connect({
  'server.toml': `
public_address = "https://huifang.example.cn"
hotline = "95500"
[visit]
key_file = "port.secret"
[messages]
spool = "spool"
[[webhooks]]
name = "core"
address = "http://127.0.0.1:9/changes"
secret_file = "port.secret"
`,
  'port.secret': '0123456789abcdef0123456789abcdef',
  'spool/.keep': '',
})

// A request of the page, as its own scripts make it.
async function ask(page, method, path, body) {
  return page.evaluate(async ([verb, address, text]) => {
    const { csrf } = await (await fetch('/api/me')).json()
    const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf, 'Idempotency-Key': String(Math.random()) }
    const answer = await fetch(address, { method: verb, headers, body: text })
    return { status: answer.status, body: await answer.json().catch(() => null) }
  }, [method, path, body === undefined ? undefined : JSON.stringify(body)])
}

story('an administrator lets a program in and sees that a receiver is down', async ({ page, shot, accessible }) => {
  await page.goto('/system/ports')
  await page.getByRole('heading', { name: '对外接口' }).waitFor()
  const made = await ask(page, 'PUT', '/api/accounts/hexin', { display_name: '核心业务系统', role: 'core_system', org_code: '86' })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  const until = Date.now() + 2 * expect_ms
  do await page.reload()
  while (!(await page.getByText('重试中').isVisible()) && Date.now() < until)
  await page.getByText('重试中').waitFor()
  await page.getByRole('cell', { name: 'hexin' }).waitFor()
  await shot('ports')
  await accessible()
  await page.getByRole('button', { name: '生成令牌' }).click()
  await page.getByRole('button', { name: '确定' }).click()
  await page.getByRole('dialog', { name: '新令牌' }).waitFor()
  await shot('ports-token')
  await accessible()
  await page.getByRole('button', { name: '我已记下' }).click()
}, { role: 'administrator' })

story('the office sees the links of a policy and takes one back', async ({ page, shot, accessible }) => {
  const until = Date.now() + 4 * expect_ms
  let linked
  await page.goto('/cases')
  while (!linked && Date.now() < until) {
    const { body } = await ask(page, 'GET', '/api/cases?leg=electronic&limit=5')
    linked = body?.rows?.[0]?.policy_no
    if (!linked) await page.waitForTimeout(500)
  }
  await page.goto(`/cases/${linked}?tab=links`)
  await page.getByText('待客户填写').waitFor()
  await shot('case-links')
  await accessible()
  await page.getByRole('button', { name: '撤回链接' }).click()
  await page.getByText('已撤回').waitFor()
}, { role: 'supervisor' })
