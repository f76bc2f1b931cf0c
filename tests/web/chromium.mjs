import { createRequire } from 'node:module'

export const require = createRequire(new URL('../../web/package.json', import.meta.url))
const { chromium } = require('playwright-core')

// Debian's browser, as it runs without a desktop, also for root and in a container.
export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'],
  })
