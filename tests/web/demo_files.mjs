// What the demo's files say of a policy: what the person on the line would know.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { folder } from './places.mjs'

const files = join(folder, 'store', 'files')

function* rows() {
  for (const entry of readdirSync(files, { recursive: true, withFileTypes: true })) {
    if (entry.name !== 'policies.csv') continue
    const [head, ...lines] = readFileSync(join(entry.path, entry.name), 'utf8').replace(/^\uFEFF/, '').trim().split(/\r?\n/)
    const columns = head.split(',')
    for (const line of lines) yield Object.fromEntries(line.split(',').map((cell, n) => [columns[n], cell]))
  }
}

let by_number
export function policyOf(policy_no) {
  by_number ??= new Map([...rows()].map((row) => [row.policy_no, row]))
  const found = by_number.get(policy_no)
  if (!found) throw new Error(`the demo's files have no policy ${policy_no}`)
  return found
}
