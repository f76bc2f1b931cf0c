// A seat whose calls are dialled by a telephone exchange: the number never reaches the page.
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import { after } from 'node:test'
import { assert, connect, story, until } from './browser.mjs'

const secret = '0123456789abcdef0123456789abcdef'
const dialled = []
const exchange = createServer((request, response) => {
  let body = ''
  request.on('data', (part) => (body += part))
  request.on('end', () => {
    dialled.push(JSON.parse(body))
    response.writeHead(202).end()
  })
})
exchange.listen(0) // without a host it listens at once: the server of the stories is started after this
after(() => exchange.close())
connect({
  'port.secret': `${secret}\n`,
  'server.toml': `[telephony]\naddress = "http://127.0.0.1:${exchange.address().port}/dial"\nsecret_file = "port.secret"\n`,
})

// What the exchange says of a call.
async function tell(server, event) {
  const body = JSON.stringify(event)
  const at = String(Math.floor(Date.now() / 1000))
  const answer = await fetch(`${server.url}/api/ports/calls`, {
    method: 'POST',
    headers: {
      'Shouyue-Timestamp': at,
      'Shouyue-Signature': createHmac('sha256', secret).update(`${at}.${body}`).digest('hex'),
    },
    body,
  })
  assert.equal(answer.status, 204, await answer.text())
}

story('the exchange dials, the seat sees how far it is, and the recording is noted', async ({ page, server, shot, accessible }) => {
  const line = page.locator('.begin')
  await page.goto('/calls')
  await page.getByRole('button', { name: /下一个任务/ }).waitFor()
  await page.keyboard.press('n')
  await page.getByRole('button', { name: /开始通话/ }).waitFor()
  await page.keyboard.press('d')
  await until(() => dialled.length === 1, 'the exchange was asked')
  const [{ id, to, seat }] = dialled
  assert.match(to, /^\d{11,12}$/)
  assert.equal(seat, 'Z101')

  await tell(server, { id, event: 'ringing' })
  await line.getByText('振铃').waitFor()
  await tell(server, { id, event: 'answered' })
  await line.getByText('已接通').waitFor()
  await shot('calls-exchange')
  await accessible()
  assert.ok(!(await page.content()).includes(to), 'the number is in the page')

  await page.reload()
  await page.getByRole('button', { name: /开始通话/ }).waitFor()
  await page.keyboard.press('d')
  await line.getByText('已接通').waitFor()
  assert.equal(dialled.length, 1, 'a reload dials nobody')

  await tell(server, { id, event: 'ended', recording_id: 'REC-1' })
  await line.getByText('已挂机').waitFor()
  assert.equal(await page.getByLabel('录音编号').inputValue(), 'REC-1')
  const ended_at = Date.now()
  await page.getByText('通话已结束').waitFor()
  const [policy, dial] = await page.evaluate(async () => {
    const { call } = await (await fetch('/api/calls/current')).json()
    return [call.policy_no, await (await fetch(`/api/calls/${call.policy_no}/dial`)).json()]
  })
  await until(() => Date.now() > ended_at + 2_000, 'the wrap-up takes its time')
  await page.keyboard.press('h')
  await page.keyboard.press('Control+Enter')
  await page.locator('.done .newest').waitFor()
  const sent = await page.evaluate(async (policy_no) => (await (await fetch(`/api/calls/${policy_no}`)).json()).attempts.at(-1), policy)
  assert.equal(Date.parse(sent.ended_at), Math.floor(Date.parse(dial.ended_at) / 1000) * 1000)
}, { role: 'call_agent' })
