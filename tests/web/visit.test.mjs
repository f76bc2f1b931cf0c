// The policyholder's page on a small phone: a link from a message, who he is, one question after another, or a call.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { assert, connect, demo, expect_ms, story } from './browser.mjs'
import { folder, program } from './places.mjs'

connect({
  'server.toml': `
public_address = "https://huifang.example.cn"
hotline = "95500"
[visit]
key_file = "visit.key"
[messages]
spool = "spool"
`,
  'visit.key': '0123456789abcdef0123456789abcdef',
  'spool/.keep': '',
})

const small = { width: 360, height: 640 }
const taken = new Set()

// The policies by their phone, as the demo's files of each day name them; a phone of several tells none of them.
function holders() {
  const days = join(folder, 'store/files/files')
  const found = new Map()
  for (const day of readdirSync(days)) {
    const file = join(days, day, 'policies.csv')
    if (!existsSync(file)) continue
    const [head, ...rows] = readFileSync(file, 'utf8').replace('\ufeff', '').trim().split(/\r?\n/)
    const columns = head.split(',')
    for (const cells of rows.map((row) => row.split(','))) {
      const policy = Object.fromEntries(columns.map((name, n) => [name, cells[n]]))
      const before = found.get(policy.mobile_phone)
      found.set(policy.mobile_phone, before && before.policy_no !== policy.policy_no ? {} : policy)
    }
  }
  return found
}

// A link that no story has used yet, and whose policy it is about.
async function newLink(server) {
  const known = holders()
  const until = Date.now() + 4 * expect_ms
  while (Date.now() < until) {
    const messages = readdirSync(join(server.folder, 'spool')).filter((name) => name.endsWith('.json')).sort()
    for (const name of messages.filter((one) => !taken.has(one))) {
      taken.add(name)
      const message = JSON.parse(readFileSync(join(server.folder, 'spool', name), 'utf8'))
      if (!known.get(message.to)?.holder_id_no) continue
      return { path: `/visit.html#${/#(\S+)/.exec(message.text)[1]}`, policy: known.get(message.to) }
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('no link was sent')
}

// As of ten minutes later: whatever the story did is known by then.
function caseOf(server, policy_no) {
  const database = `sqlite:${join(server.folder, 'demo.db')}`
  const key = join(folder, 'store/demo.key')
  const arguments_ = ['--key-file', key, '--db', database, '--now', demo.goes_on_at.replace('09:00', '09:10'), '--json', 'case', policy_no]
  return JSON.parse(execFileSync(program, arguments_, { encoding: 'utf8' })).case[0]
}

async function verify(page, policy) {
  await page.getByLabel('请输入投保人证件号码的后四位').fill(policy.holder_id_no.slice(-4))
  await page.getByRole('button', { name: '下一步' }).click()
}

// Answers what is asked, `no` to the n-th question, until the answers are shown; gives how many there were.
async function answerAll(page, { no_to = 0, from = 1 } = {}) {
  for (let n = from; ; ++n) {
    await page.getByText(`第 ${n} 题`).waitFor()
    await page.getByRole('button', { name: n === no_to ? '否' : '是', exact: true }).click()
    await page.locator('h1, .hint').filter({ hasText: new RegExp(`第 ${n + 1} 题|请检查您的回答`) }).first().waitFor()
    if (await page.getByRole('heading', { name: '请检查您的回答' }).isVisible()) return n
  }
}

// On this phone, and on the smallest one with larger text.
async function fits(page) {
  for (const [viewport, text] of [[{ width: 320, height: 568 }, '26px'], [small, '']]) {
    await page.setViewportSize(viewport)
    const width = await page.evaluate((size) => {
      document.documentElement.style.fontSize = size
      return document.documentElement.scrollWidth
    }, text)
    assert.ok(width <= viewport.width, `${width} pixels wide of ${viewport.width}`)
  }
}

story('a policyholder answers on the phone page and a doubt becomes a call', async ({ page, server, shot, accessible }) => {
  const { path, policy } = await newLink(server)
  await page.goto(path)
  await page.getByRole('heading', { name: '请先核对身份' }).waitFor()
  await shot('visit-identity')
  await accessible()
  await page.getByLabel('请输入投保人证件号码的后四位').fill('0000')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('alert').filter({ hasText: '与保单信息不符' }).waitFor()
  await verify(page, policy)
  await page.getByRole('heading', { name: '您好' }).waitFor()
  assert.equal(await page.getByText(policy.holder_name).count(), 0)
  await shot('visit-welcome')
  await accessible()
  await fits(page)

  await page.getByRole('button', { name: /开始回答/ }).click()
  await page.getByText('第 1 题').waitFor()
  await page.getByRole('button', { name: '是', exact: true }).click()
  await page.getByText('第 2 题').waitFor()
  await shot('visit-question')
  await accessible()
  await fits(page)
  await page.reload()
  await page.getByRole('button', { name: '继续回答' }).click()
  await answerAll(page, { no_to: 4, from: 2 })
  await shot('visit-review', { full: true })
  await accessible()
  await fits(page)
  await page.getByRole('button', { name: '确认提交' }).click()
  await page.getByText('我们会打电话为您解释').waitFor()
  await shot('visit-done')
  await accessible()

  const kase = caseOf(server, policy.policy_no)
  assert.equal(kase.leg, 'first_call')
  assert.notEqual(kase.success, '1')
  await page.reload()
  await page.getByRole('heading', { name: '您已完成本次回访' }).waitFor()
  await shot('visit-answered')
  assert.equal(await page.getByRole('link', { name: /95500/ }).getAttribute('href'), 'tel:95500')
}, { viewport: small })

story('a policyholder wants a call at a time of his own', async ({ page, server, shot, accessible }) => {
  const { path } = await newLink(server)
  await page.goto(path)
  await page.getByRole('button', { name: '我想接电话回访' }).click()
  await page.getByRole('heading', { name: '您希望什么时间接电话？' }).waitFor()
  await page.locator('.grid button').nth(2).click()
  await shot('visit-call')
  await accessible()
  await fits(page)
  await page.getByRole('button', { name: '确认，请给我打电话' }).click()
  await page.getByRole('heading', { name: '已记下' }).waitFor()
  await shot('visit-called')
}, { viewport: small })

story('the page in English, and a link that is none', async ({ page, server, shot, accessible }) => {
  const { path, policy } = await newLink(server)
  await page.goto(path)
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByLabel(/last four characters/).fill(policy.holder_id_no.slice(-4))
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /Begin/ }).click()
  await page.getByText('Question 1').waitFor()
  await shot('visit-question-en')
  await accessible()
  await page.goto('/visit.html#AAAA')
  await page.reload()
  await page.getByRole('heading', { name: /not one of ours/ }).waitFor()
  await shot('visit-unknown-link')
  await accessible()
}, { viewport: small })

story('the page is light for a slow network', async ({ page }) => {
  const sizes = []
  page.on('response', (answer) => sizes.push(answer.request().sizes().then((size) => size.responseBodySize)))
  await page.goto('/visit.html', { waitUntil: 'networkidle' })
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  assert.ok(bytes < 60_000, `${bytes} bytes`)
}, { viewport: small })
