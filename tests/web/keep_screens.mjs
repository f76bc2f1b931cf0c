// Copies pictures that the stories took into docs/screens/: one or two a page, each as a WebP image of at most 60 KB.
//   node tests/web/keep_screens.mjs [NAME…]      those below, or those named
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { launch } from './chromium.mjs'
import { folder, source } from './places.mjs'

const bytes_max = 60 * 1024
const qualities = [0.75, 0.6, 0.45, 0.3]
const taken = join(folder, 'screens')
const kept = join(source, 'docs', 'screens')

const pictures = [
  ...['sign-in', 'sign-in-phone', 'calls-question', 'calls-doubt', 'calls-slots', 'cases', 'case'],
  ...['supervision', 'supervision-reassign', 'capacity', 'case-recording'],
  ...['tickets', 'ticket', 'ticket-booking', 'door-visit', 'mine-commission', 'mine-tickets'],
  ...['receipts', 'held', 'settlement-preview', 'statement', 'ledger', 'what-if'],
  ...['exceptions', 'month-close-decide', 'scores', 'score-cases'],
  ...['imports', 'imports-one', 'rule-books', 'rule-book', 'rule-book-differences', 'backtest-result'],
  ...['reports-failure-analysis', 'reports-month', 'visit-welcome', 'visit-question', 'visit-review'],
  ...['accounts', 'organisations', 'audit', 'settings'],
]
const chosen = process.argv.length > 2 ? process.argv.slice(2) : pictures
const missing = chosen.filter((name) => !existsSync(join(taken, `${name}.png`)))
if (missing.length > 0) throw new Error(`not in ${taken}: ${missing.join(', ')}; run the stories first`)

async function compact(page, png) {
  for (const quality of qualities) {
    const url = await page.evaluate(
      async ([data, wanted]) => {
        const image = new Image()
        image.src = data
        await image.decode()
        const canvas = document.createElement('canvas')
        canvas.width = image.width
        canvas.height = image.height
        canvas.getContext('2d').drawImage(image, 0, 0)
        return canvas.toDataURL('image/webp', wanted)
      },
      [`data:image/png;base64,${png.toString('base64')}`, quality],
    )
    const webp = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
    if (webp.length <= bytes_max) return webp
  }
  return null
}

mkdirSync(kept, { recursive: true })
const browser = await launch()
const page = await browser.newPage()
let total = 0
for (const name of chosen) {
  const webp = await compact(page, readFileSync(join(taken, `${name}.png`)))
  if (!webp) {
    console.error(`${name}: larger than ${bytes_max} bytes at any quality; take a smaller part of the page`)
    process.exitCode = 1
    continue
  }
  writeFileSync(join(kept, `${name}.webp`), webp)
  total += webp.length
}
await browser.close()
console.log(`${chosen.length} pictures, ${Math.round(total / 1024)} KB`)
