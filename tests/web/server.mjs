// The real server on a copy of the demo store.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { folder, program } from './places.mjs'

const store = join(folder, 'store')
export const demo = JSON.parse(readFileSync(join(store, 'demo.json'), 'utf8'))

export class Server {
  // `files` lie beside the database, as server.toml does: text by name.
  static async start({ now = demo.goes_on_at, files = {} } = {}) {
    const server = new Server()
    server.folder = mkdtempSync(join(tmpdir(), 'shouyue-web-'))
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(server.folder, name)), { recursive: true })
      writeFileSync(join(server.folder, name), text)
    }
    cpSync(join(store, 'demo.db'), join(server.folder, 'demo.db'))
    const database = `sqlite:${join(server.folder, 'demo.db')}`
    const key = join(store, 'demo.key')
    server.process = spawn(program, ['--key-file', key, '--db', database, '--now', now, 'serve', '--listen', '127.0.0.1:0'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: server.folder,
    })
    server.notes = []
    createInterface({ input: server.process.stderr }).on('line', (line) => server.notes.push(line))
    const [line] = await Promise.race([
      new Promise((_, fail) => server.process.on('error', fail)),
      new Promise((found) => createInterface({ input: server.process.stdout }).on('line', (text) => found([text]))),
      new Promise((found) => server.process.on('exit', () => found([]))),
    ])
    if (!line) throw new Error(`the server did not start:\n${server.notes.join('\n')}`)
    server.url = `http://127.0.0.1:${line.slice(line.lastIndexOf(':') + 1)}`
    return server
  }

  async stop() {
    const ended = new Promise((resolve) => this.process.on('exit', resolve))
    this.process.kill('SIGTERM')
    const status = await ended
    rmSync(this.folder, { recursive: true })
    if (status !== 0) throw new Error(`the server ended with ${status}:\n${this.notes.slice(-20).join('\n')}`)
  }

  // The cookie of a new sign-in.
  async signIn(name, password = demo.password) {
    const answer = await fetch(`${this.url}/api/sign-in`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
      body: JSON.stringify({ name, password }),
    })
    if (!answer.ok) throw new Error(`${name} cannot sign in: ${await answer.text()}`)
    return /shouyue=([^;]+)/.exec(answer.headers.get('set-cookie'))[1]
  }
}
