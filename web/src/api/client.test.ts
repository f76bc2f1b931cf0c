import { afterEach, expect, test, vi } from 'vitest'
import { address, api, credentials } from './client'
import { Problem } from './problem'

const json = (status: number, body: object): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' },
  })
const refusal = (status: number, rule: string): Response =>
  json(status, { type: `urn:shouyue:${rule}`, rule, status, detail: 'no', detail_zh: '不行' })

// What the server answers, one after another; a missing one is a broken connection.
function serverAnswers(...answers: (Response | undefined)[]): { url: string; request: RequestInit }[] {
  const asked: { url: string; request: RequestInit }[] = []
  vi.stubGlobal('fetch', (url: string, request: RequestInit) => {
    asked.push({ url, request })
    const answer = answers.shift()
    return answer ? Promise.resolve(answer) : Promise.reject(new TypeError('broken'))
  })
  return asked
}
const headersOf = (asked: { request: RequestInit }[]): Record<string, string>[] =>
  asked.map(({ request }) => request.headers as Record<string, string>)

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('an address has its parts escaped and leaves out what is empty', () => {
  expect(address('/api/accounts/{name}', { path: { name: 'a/b' }, query: { after: '', kind: '核实', limit: 5 } })).toBe(
    '/api/accounts/a%2Fb?kind=%E6%A0%B8%E5%AE%9E&limit=5',
  )
})

test('a write is repeated over a broken connection with the same key', async () => {
  vi.useFakeTimers()
  credentials.csrf = 'c1'
  const asked = serverAnswers(undefined, json(200, {}))
  const answer = api.put('/api/accounts/{name}', {
    path: { name: 'a1' },
    body: { display_name: 'A', role: 'auditor', org_code: '00' },
  })
  await vi.runAllTimersAsync()
  await answer
  const [first, second] = headersOf(asked)
  expect(first?.['Idempotency-Key']).toMatch(/^[0-9a-f]{32}$/)
  expect(second?.['Idempotency-Key']).toBe(first?.['Idempotency-Key'])
  expect(first?.['X-CSRF-Token']).toBe('c1')
})

test('a server that cannot be reached is a problem of its own', async () => {
  vi.useFakeTimers()
  serverAnswers()
  const outcome = api.get('/api/me').catch((error: unknown) => error)
  await vi.runAllTimersAsync()
  expect(await outcome).toMatchObject({ rule: 'network.unreachable' })
})

test('a sign-in that is over is begun again and the request goes on', async () => {
  const asked = serverAnswers(refusal(401, 'sign_in.needed'), json(200, {}))
  const signInAgain = vi.fn(() => {
    credentials.csrf = 'c2'
    return Promise.resolve()
  })
  credentials.signInAgain = signInAgain
  await api.put('/api/accounts/{name}', {
    path: { name: 'a1' },
    body: { display_name: 'A', role: 'auditor', org_code: '00' },
  })
  const [first, second] = headersOf(asked)
  expect(signInAgain).toHaveBeenCalledOnce()
  expect(second?.['Idempotency-Key']).toBe(first?.['Idempotency-Key'])
  expect(second?.['X-CSRF-Token']).toBe('c2')
})

test('a refusal has its rule and both languages', async () => {
  serverAnswers(refusal(422, 'case.closed'))
  await expect(api.get('/api/me')).rejects.toEqual(new Problem(422, 'case.closed', { zh: '不行', en: 'no' }))
})

test('another sign-in of the same browser is taken up once', async () => {
  const asked = serverAnswers(refusal(403, 'sign_in.csrf'), refusal(403, 'sign_in.csrf'))
  credentials.refresh = () => Promise.resolve()
  await expect(api.delete('/api/sign-in')).rejects.toMatchObject({ rule: 'sign_in.csrf' })
  expect(asked.length).toBe(2)
})
