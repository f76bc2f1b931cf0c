// The demo insurer's month that all stories begin with: played once for a program and its rule books, then copied.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { folder, program, source } from './places.mjs'

const made_from = [program, join(source, 'regimes'), join(source, 'data')]

function newest(path) {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

const store = join(folder, 'store')
const told = join(store, 'demo.json')
const stamp = String(Math.max(...made_from.map(newest)))
const stamp_file = join(store, 'stamp')

if (!existsSync(stamp_file) || readFileSync(stamp_file, 'utf8') !== stamp) {
  rmSync(store, { recursive: true, force: true })
  mkdirSync(store, { recursive: true })
  execFileSync(program, ['key', 'new', '--out', join(store, 'demo.key')], { stdio: ['ignore', 'inherit', 'pipe'] })
  const arguments_ = ['--json', '--key-file', join(store, 'demo.key'), '--db', `sqlite:${join(store, 'demo.db')}`, 'demo', '--policies', '900', '--days', '56', '--out', join(store, 'files')]
  writeFileSync(told, execFileSync(program, arguments_, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }))
  writeFileSync(stamp_file, stamp)
}
