// A day at the call desk: ten calls with different ends, a reload and the end of a sign-in in mid-call.
import { assert, choose, demo, story, until } from './browser.mjs'
import { policyOf } from './demo_files.mjs'

const seat = { role: 'call_agent' }

async function open(page) {
  await page.goto('/calls')
  await page.getByRole('button', { name: /下一个任务/ }).waitFor()
}

// The number of the case that was taken.
async function take(page) {
  await page.keyboard.press('n')
  await page.getByRole('button', { name: /开始通话/ }).waitFor()
  return page.locator('.strip .policy').innerText()
}

const dial = async (page) => {
  await page.keyboard.press('d')
  await page.locator('.dialled .chosen').waitFor()
}

const progress = async (page) => (await page.locator('.questions .progress').innerText()).split('/').map((part) => Number(part))

async function answerAfter(page, key) {
  const [before] = await progress(page)
  await page.keyboard.press(key)
  await until(async () => (await progress(page))[0] > before, 'one more question was answered')
}

// Says who it is: keys only.
async function identify(page, policy_no, { wrong = false } = {}) {
  const policy = policyOf(policy_no)
  await answerAfter(page, '1')
  await page.keyboard.press('i')
  await page.keyboard.type(wrong ? '0000' : policy.holder_id_no.slice(-4))
  await page.keyboard.press('Enter')
  await page.getByText(wrong ? '核实不通过' : '核实通过').first().waitFor()
  await page.keyboard.press('Escape')
}

async function sayYesToTheRest(page) {
  for (let [answered, all] = await progress(page); answered < all; [answered, all] = await progress(page))
    await answerAfter(page, '1')
}

async function submit(page) {
  await page.keyboard.press('Control+Enter')
  await page.locator('.done .newest').waitFor()
  return page.locator('.done .newest').innerText()
}

async function notConnected(page, key, reason) {
  await take(page)
  await dial(page)
  await page.keyboard.press(key)
  await page.getByRole('radio', { name: reason, checked: true }).waitFor()
  return submit(page)
}

story('an agent makes ten calls with ten different ends', async ({ page, shot, accessible }) => {
  await open(page)
  await shot('calls-idle')
  await accessible()

  // 1: everything is right; the keyboard alone, from the next call to the wrap-up
  let policy = await take(page)
  await page.getByText('为何现在拨打').waitFor()
  await shot('calls-card')
  await accessible()
  await dial(page)
  await identify(page, policy)
  await shot('calls-question')
  await sayYesToTheRest(page)
  await shot('calls-complete')
  await accessible()
  assert.match(await submit(page), /标准件/)
  await shot('calls-saved')

  // 2: a doubt that is corrected on the line
  policy = await take(page)
  await dial(page)
  await identify(page, policy)
  await answerAfter(page, '2')
  await page.keyboard.press('c')
  await sayYesToTheRest(page)
  assert.match(await submit(page), /次标准件/)

  // 3: a doubt that stays open brings a ticket
  policy = await take(page)
  await dial(page)
  await identify(page, policy)
  await answerAfter(page, '1')
  await answerAfter(page, '2')
  await shot('calls-doubt')
  await accessible()
  await page.keyboard.press('o')
  await sayYesToTheRest(page)
  assert.match(await submit(page), /问题件[\s\S]*件$/)

  // 4 and 5: nobody at the other end, or somebody else
  await notConnected(page, 'b', '忙音')
  await notConnected(page, 'e', '号码错误')

  // 6: a language that the agent does not speak
  await take(page)
  await dial(page)
  await page.keyboard.press('f')
  await page.getByText('还需要：对方使用的语言').waitFor()
  await page.getByRole('combobox', { name: '对方使用的语言' }).click()
  await page.getByRole('option', { name: '闽语' }).click()
  await page.keyboard.press('Escape')
  await shot('calls-dialect')
  await submit(page)

  // 7: the holder refuses
  await notConnected(page, 'j', '本人拒绝回访')

  // 8: the holder asks to be called again; only legal moments can be chosen
  await take(page)
  await dial(page)
  await page.keyboard.press('p')
  await page.getByRole('dialog', { name: '预约回拨时间' }).locator('button[data-at]').first().waitFor()
  await shot('calls-slots')
  await accessible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('radio', { name: '不方便接听', checked: true }).waitFor()
  assert.match(await submit(page), /2021-11-\d\d \d\d:\d\d/)

  // 9: hung up in the middle
  policy = await take(page)
  await dial(page)
  await identify(page, policy)
  await answerAfter(page, '1')
  await page.keyboard.press('h')
  await submit(page)

  // 10: not the person
  policy = await take(page)
  await dial(page)
  await identify(page, policy, { wrong: true })
  assert.ok(await page.getByText('核实身份之前，不得透露保单内容').isVisible())
  await page.keyboard.press('/')
  await page.keyboard.type('信息核实')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await shot('calls-identity-failed')
  await submit(page)
  await page.getByText('本页已完成 10 件').waitFor()
}, seat)

story('a reload in mid-call loses nothing', async ({ page }) => {
  await open(page)
  const policy = await take(page)
  await dial(page)
  await identify(page, policy)
  await answerAfter(page, '1')
  const before = await progress(page)
  await page.keyboard.press('t')
  await page.keyboard.type('客户稍等')
  await page.reload()
  await page.getByRole('button', { name: /开始通话/ }).waitFor()
  assert.equal(await page.locator('.strip .policy').innerText(), policy)
  assert.deepEqual(await progress(page), before)
  assert.equal(await page.getByLabel('备注').inputValue(), '客户稍等')
  await dial(page)
  await page.keyboard.press('x')
  await page.getByRole('dialog', { name: '退回任务' }).getByRole('button', { name: '退回任务' }).click()
  await page.getByRole('button', { name: /下一个任务/ }).waitFor()
}, seat)

story('a sign-in that ends in mid-call loses nothing', async ({ page, shot }) => {
  await open(page)
  const policy = await take(page)
  await dial(page)
  await identify(page, policy)
  await sayYesToTheRest(page)
  await page.context().clearCookies()
  await page.keyboard.press('Control+Enter')
  const again = page.getByRole('dialog', { name: '登录已过期' })
  await again.getByLabel('密码').fill(demo.password)
  await shot('calls-sign-in-again')
  await again.getByRole('button', { name: '登录' }).click()
  await page.locator('.done .newest').waitFor()
  assert.match(await page.locator('.done .newest').innerText(), /标准件/)
}, seat)

story('a call that was not wrapped up while the case was held is completed and sent', async ({ page, shot, accessible }) => {
  await open(page)
  const policy = await take(page)
  await dial(page)
  await page.evaluate(async (policy_no) => {
    const json = { 'Content-Type': 'application/json' }
    const { csrf } = await (await fetch('/api/me')).json()
    const { call } = await (await fetch('/api/calls/current')).json()
    await fetch(`/api/calls/${policy_no}/give-back`, {
      method: 'POST',
      headers: { ...json, 'X-CSRF-Token': csrf, 'Idempotency-Key': crypto.randomUUID() },
      body: JSON.stringify({ fence: call.fence }),
    })
  }, policy)
  await page.reload()
  const unsent = page.getByRole('region', { name: '未提交的通话' })
  await unsent.getByText(policy).waitFor()
  const send = unsent.getByRole('button', { name: '现在提交' })
  assert.ok(await send.isDisabled())
  await shot('calls-unsent')
  await accessible()
  await page.reload() // it stays until it is sent or dropped
  await choose(page, '接通结果', '忙音')
  await send.click()
  await page.locator('.done .newest').getByText('忙音').waitFor()
  assert.equal(await unsent.count(), 0)
  const attempt = await page.evaluate(async (policy_no) => (await (await fetch(`/api/calls/${policy_no}`)).json()).attempts.at(-1), policy)
  assert.deepEqual([attempt.connection, attempt.ended_at], ['busy', undefined]) // nobody knows when it ended
}, seat)

story('a recording is uploaded and heard again', async ({ page, shot }) => {
  await open(page)
  const policy = await take(page)
  await dial(page)
  await page.locator('input[type=file]').setInputFiles({ name: 'call.wav', mimeType: 'audio/wav', buffer: silence(2) })
  await page.getByText(/已上传 \d+ KB/).waitFor()
  await page.keyboard.press('w')
  await submit(page)
  const heard = await page.evaluate(async (policy_no) => {
    const card = await (await fetch(`/api/calls/${policy_no}`)).json()
    const address = `/api/calls/${policy_no}/recordings/${card.recordings[0].recording_id}`
    const audio = new Audio(address)
    await new Promise((ready, failed) => {
      audio.onloadedmetadata = ready
      audio.onerror = () => failed(new Error('cannot be played'))
      audio.load()
    })
    return [card.attempts.at(-1).recording_id === card.recordings[0].recording_id, Math.round(audio.duration)]
  }, policy)
  assert.deepEqual(heard, [true, 2])
  await page.goto(`/cases/${policy}`) // whoever checks the call hears it with the case
  await page.getByRole('button', { name: '播放' }).last().click()
  const player = page.getByLabel('录音', { exact: true })
  await until(async () => (await player.evaluate((audio) => audio.duration)) === 2, 'it is played')
  await shot('case-recording', { full: true })
}, seat)

story('the desk in English, narrow, and the list of its keys', async ({ page, shot, accessible }) => {
  await page.goto('/calls')
  await page.getByRole('button', { name: /Next case/ }).waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  await shot('calls-keys-en')
  await accessible()
}, { ...seat, language: 'en', viewport: { width: 900, height: 900 } })

// So many seconds of silence, 8 kHz, as WAV.
function silence(seconds) {
  const samples = 8000 * seconds
  const file = Buffer.alloc(44 + samples, 0x80)
  file.write('RIFF', 0)
  file.writeUInt32LE(36 + samples, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(8000, 24)
  file.writeUInt32LE(8000, 28)
  file.writeUInt16LE(1, 32)
  file.writeUInt16LE(8, 34)
  file.write('data', 36)
  file.writeUInt32LE(samples, 40)
  return file
}
