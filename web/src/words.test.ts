import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (path: string): string => readFileSync(`../${path}`, 'utf8')

// What docs/formats.md calls a list that the pages call otherwise.
const names: Record<string, string> = {
  'type of a product': 'product_type',
  'kind of a ticket': 'ticket_kind',
  'result of a ticket': 'ticket_result',
  'state of a case': 'case_state',
  'status of a commission': 'commission_status',
  findings: 'finding',
  'option of an answer': 'answer_option',
}

async function pageWords(): Promise<Record<string, Record<string, string>>> {
  return (await import('./words')).words
}

test('the words of codes are those of docs/formats.md', async () => {
  const words = await pageWords()
  const lists = read('docs/formats.md').split('## Words')[1]?.split('## Rows out')[0]?.matchAll(/^- `([^`]+)`: (.+)$/gm) ?? []
  const seen = [...lists].map(([, title = '', body = '']) => {
    const name = names[title] ?? title.replaceAll(' ', '_')
    const known = Object.fromEntries([...body.matchAll(/`(\w+)` ([^,]+)/g)].map(([, code, zh]) => [code, zh]))
    expect(words[name], name).toEqual(known)
    return name
  })
  expect(seen.length).toBeGreaterThan(10)
})

test('roles and permissions are those of the program', async () => {
  const words = await pageWords()
  const role_source = read('src/access/role.cpp')
  const roles = [...role_source.matchAll(/Post\{Role::\w+, "(\w+)", "([^"]+)"/g)].map(([, code, zh]) => [code, zh])
  expect(words.role).toEqual(Object.fromEntries(roles))
  const codes = /permission_codes\{([^}]*)\}/.exec(role_source)?.[1]?.match(/\w+/g) ?? []
  expect(Object.keys(words.permission ?? {}).sort()).toEqual([...codes].sort())
})

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name.endsWith('.cpp'))
    .map((entry) => readFileSync(`${entry.path}/${entry.name}`, 'utf8'))
}

test('every kind of entry that the program writes into the audit journal has a word', async () => {
  const known = Object.keys((await pageWords()).audit_action ?? {})
  // `.action = "…"`, and calls of the functions that hand one on; `exception_` is completed by a state.
  const written = sourcesBelow('../src/app')
    .flatMap((text) => [...text.matchAll(/\.action = "\w+"|\bnote\(session,[^;]*?"\w+"(?: : "\w+")?/g)])
    .flatMap(([call]) => [...call.matchAll(/"(\w+)"/g)].map(([, action = '']) => action))
  expect(written.length).toBeGreaterThan(8)
  const has_word = (action: string): boolean =>
    action.endsWith('_') ? known.some((one) => one.startsWith(action)) : known.includes(action)
  expect([...new Set(written)].filter((action) => !has_word(action))).toEqual([])
})

test('a page asks for a permission that exists', async () => {
  const { pages } = await import('./pages')
  const permissions = Object.keys((await pageWords()).permission ?? {})
  for (const page of pages) if (page.permission !== null) expect(permissions, page.path).toContain(page.permission)
  expect(new Set(pages.map((page) => page.path)).size).toBe(pages.length)
})
