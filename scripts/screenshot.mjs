// node scripts/screenshot.mjs <url> <out.png> [--width=1440] [--height=900] [--theme=dark] [--cookie=name=value] [--full]
import path from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { tsImport } from 'tsx/esm/api'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    width: { type: 'string', default: '1440' },
    height: { type: 'string', default: '900' },
    theme: { type: 'string', default: 'light' },
    cookie: { type: 'string', multiple: true, default: [] },
    wait: { type: 'string', default: '0' },
    full: { type: 'boolean', default: false },
  },
})
const [url, out] = positionals
if (!url || !out) {
  console.error('usage: node scripts/screenshot.mjs <url> <out.png> [--width=] [--height=] [--theme=dark]')
  console.error('       [--cookie=name=value]… [--wait=milliseconds] [--full]')
  process.exit(2)
}

const { chromiumLaunchOptions } = await tsImport('./testing/chromium.ts', import.meta.url)
const browser = await chromium.launch(await chromiumLaunchOptions())
try {
  const context = await browser.newContext({
    viewport: { width: Number(values.width), height: Number(values.height) },
    colorScheme: values.theme === 'dark' ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  // next-themes reads its own choice before the system's.
  await context.addInitScript((theme) => {
    try {
      localStorage.setItem('theme', theme)
    } catch {}
  }, values.theme)
  for (const cookie of values.cookie) {
    const at = cookie.indexOf('=')
    await context.addCookies([{ name: cookie.slice(0, at), value: cookie.slice(at + 1), url: new URL(url).origin }])
  }
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => console.error(`page error: ${error.message}`))
  const response = await page.goto(url, { waitUntil: 'networkidle', timeout: 30_000 })
  await page.waitForTimeout(Number(values.wait))
  await page.screenshot({ path: out, fullPage: values.full })
  console.log(`${response?.status() ?? ''} ${page.url()} -> ${path.resolve(out)}`)
} finally {
  await browser.close()
}
