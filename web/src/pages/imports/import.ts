import type { Schemas } from '../../api/client'
import { t } from './texts'

export type Import = Schemas['Import']

export function stateOf(run: Import): { kind: 'good' | 'warn' | 'late' | 'plain'; text: string } {
  const text = t[run.state]
  if (run.state === 'running') return { kind: 'plain', text }
  if (run.state !== 'done') return { kind: 'late', text }
  return { kind: run.rejected > 0 ? 'warn' : 'good', text }
}

// Whether what was read is what the sender had announced; undefined when he announced nothing.
export function totalsAgree(run: Import): boolean | undefined {
  if (run.rows_difference === undefined && run.premium_difference === undefined) return undefined
  return (run.rows_difference ?? 0) === 0 && /^-?0\.00$/.test(run.premium_difference ?? '0.00')
}

// `1.5 MB`
export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
