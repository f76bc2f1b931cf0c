import { Problem } from './problem'
import type { components, paths } from './schema'

export type Schemas = components['schemas']

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type PathsWith<M extends Method> = {
  [P in keyof paths]: undefined extends paths[P][M] ? never : P
}[keyof paths]
type Operation<P extends keyof paths, M extends Method> = NonNullable<paths[P][M]>

type Json<R> = R extends { content: { 'application/json': infer T } } ? T : undefined
type Answer<O> = O extends { responses: infer R } ? Json<R[Extract<keyof R, 200 | 201 | 202 | 204>]> : never
type PathPart<O> = O extends { parameters: { path: infer T } } ? { path: T } : { path?: undefined }
type QueryPart<O> = O extends { parameters: { query: infer T } }
  ? { query: T }
  : O extends { parameters: { query?: infer T } }
    ? { query?: T }
    : { query?: undefined }
type BodyPart<O> = O extends { requestBody: { content: { 'application/json': infer T } } }
  ? { body: T }
  : { body?: undefined }
type Parts<O> = PathPart<O> & QueryPart<O> & BodyPart<O>
type Given<O> = Partial<Parts<O>> extends Parts<O> ? [parts?: Parts<O>] : [parts: Parts<O>]

interface LooseParts {
  path?: object
  query?: object
  body?: unknown
}

// Who asks. `signInAgain` is called when the sign-in is over: it resolves when the person is signed in again, and
// rejects when the page is left instead.
export const credentials = {
  csrf: '',
  signInAgain: (): Promise<void> => Promise.reject(new Error('nobody can be asked to sign in')),
  refresh: (): Promise<void> => Promise.reject(new Error('nobody is signed in')),
}

const pauses_before_retry = [400, 1600]

// Of 128 random bits; `crypto.randomUUID` exists on encrypted pages only.
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function address(path: string, parts: { path?: object; query?: object } = {}): string {
  const values = new Map(Object.entries(parts.path ?? {}))
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values.get(name))))
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parts.query ?? {}))
    if (value !== undefined && value !== null && value !== '') query.append(name, String(value))
  return query.size > 0 ? `${filled}?${query}` : filled
}

// A write carries the same key each time, so that a repetition after a broken connection is done once.
async function exchange(url: string, method: Method, body: unknown, key: string | null): Promise<Response> {
  const headers: Record<string, string> = {}
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (key) headers['Idempotency-Key'] = key
  if (key) headers['X-CSRF-Token'] = credentials.csrf
  const request = { method: method.toUpperCase(), headers, body: body === undefined ? null : JSON.stringify(body) }
  for (const pause of [...pauses_before_retry, null]) {
    try {
      return await fetch(url, request)
    } catch {
      if (pause !== null) await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
  throw Problem.unreachable()
}

async function answered(method: Method, path: string, parts: LooseParts): Promise<Response> {
  const key = method === 'get' ? null : newKey()
  let is_refreshed = false
  for (;;) {
    const response = await exchange(address(path, parts), method, parts.body, key)
    if (response.ok) return response
    const problem = await Problem.of(response)
    if (problem.rule === 'sign_in.needed') {
      await credentials.signInAgain()
    } else if (problem.rule === 'sign_in.csrf' && !is_refreshed) {
      is_refreshed = true
      await credentials.refresh()
    } else {
      throw problem
    }
  }
}

async function send(method: Method, path: string, parts: LooseParts = {}): Promise<unknown> {
  const response = await answered(method, path, parts)
  const is_json = response.headers.get('content-type')?.startsWith('application/json')
  return is_json ? ((await response.json()) as unknown) : undefined
}

const calling =
  <M extends Method>(method: M) =>
  <P extends PathsWith<M>>(path: P, ...given: Given<Operation<P, M>>): Promise<Answer<Operation<P, M>>> =>
    send(method, path, given[0]) as Promise<Answer<Operation<P, M>>>

// `await api.put('/api/accounts/{name}', { path: { name }, body })`: typed by openapi.yaml. Throws a Problem.
export const api = {
  get: calling('get'),
  post: calling('post'),
  put: calling('put'),
  patch: calling('patch'),
  delete: calling('delete'),
}

// Asks for a file and has the browser save it under the name that the server gives. Throws a Problem.
export async function download(path: string, parts: { path?: object; query?: object } = {}): Promise<void> {
  const response = await answered('get', path, parts)
  const disposition = response.headers.get('content-disposition') ?? ''
  const escaped_name = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1]
  const name = escaped_name ? decodeURIComponent(escaped_name) : /filename="([^"]+)"/.exec(disposition)?.[1]
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = name ?? path.slice(path.lastIndexOf('/') + 1)
  link.click()
  URL.revokeObjectURL(link.href)
}
