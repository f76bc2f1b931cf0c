// Stories that people live through with the pages, in Debian's Chromium against the real server.
//
//   story('a branch closes a ticket', async ({ page, shot, accessible }) => { … }, { role: 'branch_handler' })
//
// A story fails on what it asserts, on an error in the console of the browser, and on an answer of 500 or more.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { launch, require } from './chromium.mjs'
import { folder } from './places.mjs'
import { demo, Server } from './server.mjs'

const axe = require('axe-core').source

export { assert, demo }
export const expect_ms = 15_000
const screens = join(folder, 'screens')
const desk = { width: 1280, height: 800 }
export const phone = { width: 375, height: 740 }

let browser, server
let beside_database = {}
// What lies beside the database of this file's server, as server.toml: text by name. Called before any story.
export function connect(files) {
  beside_database = files
}
before(async () => {
  mkdirSync(screens, { recursive: true })
  await new Promise(setImmediate) // until the file of stories has been read
  server = await Server.start({ files: beside_database })
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

// The demo's account of a role; the n-th where there are several.
export const account = (role, n = 0) => demo.accounts.filter((known) => known.role === role)[n]

// What went wrong in a page without anybody asserting it. A refusal of the server (4xx) is not among that.
function watch(page, faults) {
  page.on('pageerror', (error) => faults.push(`page error: ${error.stack}`))
  page.on('console', (message) => {
    const is_refusal = /^Failed to load resource: .* status of 4\d\d/.test(message.text())
    if (message.type() === 'error' && !is_refusal) faults.push(`console: ${message.text()}`)
  })
  page.on('response', (answer) => {
    if (answer.status() >= 500) faults.push(`${answer.status()} ${answer.url()}`)
  })
}

// A page of a browser of its own. Without a role and a name nobody is signed in.
async function open({ role, name, password, viewport, language, faults }) {
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: viewport ?? desk,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  })
  context.setDefaultTimeout(expect_ms)
  if (language) await context.addInitScript((chosen) => localStorage.setItem('shouyue.language', chosen), language)
  const who = name ?? (role && account(role)?.name)
  if (role && !who) throw new Error(`the demo has no ${role}`)
  if (who) await context.addCookies([{ name: 'shouyue', value: await server.signIn(who, password), url: server.url, httpOnly: true }])
  const page = await context.newPage()
  watch(page, faults)
  return page
}

// Waits until nothing is being read, then takes the picture of the window (`full`: of the whole page).
async function shot(page, name, { full = false } = {}) {
  await until(async () => (await page.locator('[aria-busy="true"], .el-loading-mask').count()) === 0, 'all was read')
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: join(screens, `${name}.png`), fullPage: full })
}

// Waits for what no element says, as how many rows there are. (The pages forbid `eval`, so waitForFunction cannot.)
export async function until(check, what) {
  const deadline = Date.now() + expect_ms
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`it did not come about that ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

// Chooses from a drop-down list by how its label begins: what is chosen is read after it, and lies over the input.
export async function choose(scope, label, option) {
  await scope.getByRole('combobox', { name: new RegExp(`^${label}`) }).click({ force: true })
  const page = scope.page ? scope.page() : scope
  await page.getByRole('option', { name: option, exact: typeof option === 'string' }).first().click()
}

// Nothing that the accessibility rules of WCAG 2.1 AA forbid.
async function accessible(page, { except = [] } = {}) {
  await page.evaluate(axe)
  const violations = await page.evaluate(async (ignored) => {
    const found = await globalThis.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
      rules: Object.fromEntries(ignored.map((rule) => [rule, { enabled: false }])),
    })
    return found.violations.map(({ id, help, nodes }) => `${id}: ${help}\n    ${nodes.map((node) => node.html).join('\n    ')}`)
  }, except)
  assert.deepEqual(violations, [], `not accessible:\n${violations.join('\n')}`)
}

export function story(title, tell, options = {}) {
  test(title, async () => {
    const faults = [], pages = []
    const another = async (more) => {
      const page = await open({ ...more, faults })
      pages.push(page)
      return page
    }
    const page = await another(options)
    try {
      await tell({
        page,
        server,
        another, // a second person: await another({ role: 'supervisor' })
        shot: (name, how) => shot(how?.page ?? page, name, how),
        accessible: (how) => accessible(how?.page ?? page, how),
      })
      assert.deepEqual(faults, [])
    } catch (error) {
      for (const [n, opened] of pages.entries())
        await opened.screenshot({ path: join(folder, `failed-${title.replaceAll(/\W+/g, '-')}-${n}.png`) }).catch(() => {})
      if (faults.length > 0) error.message += `\nin the browser: ${faults.join('\n')}`
      throw error
    } finally {
      for (const opened of pages) await opened.context().close()
    }
  })
}
