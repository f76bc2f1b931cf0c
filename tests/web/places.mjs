import { fileURLToPath } from 'node:url'

export const source = fileURLToPath(new URL('../../', import.meta.url))
export const program = process.env.SHOUYUE_PROGRAM ?? `${source}build/release/shouyue`
// Receives the store, the screens and what a failed story saw.
export const folder = process.env.SHOUYUE_WEB_TESTS ?? `${source}build/release/web_tests`
