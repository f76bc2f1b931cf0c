// Copies the pictures that the stories took into docs/screens/, each as a WebP image of at most 60 KB.
//   node tests/web/keep_screens.mjs [NAME…]      all, or those named
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { launch } from './chromium.mjs'
import { folder, source } from './places.mjs'

const bytes_max = 60 * 1024
const qualities = [0.85, 0.75, 0.65, 0.55, 0.45, 0.35]
const taken = join(folder, 'screens')
const kept = join(source, 'docs', 'screens')

const chosen = process.argv.slice(2)
const names = readdirSync(taken)
  .filter((name) => name.endsWith('.png'))
  .map((name) => name.slice(0, -'.png'.length))
  .filter((name) => chosen.length === 0 || chosen.includes(name))
if (names.length === 0) throw new Error(`no pictures in ${taken}; run the stories first`)

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
for (const name of names) {
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
console.log(`${names.length} pictures, ${Math.round(total / 1024)} KB`)
