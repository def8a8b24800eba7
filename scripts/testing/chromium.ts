import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { chromium, type LaunchOptions } from '@playwright/test'

const root = fileURLToPath(new URL('../..', import.meta.url))

const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

const QUIET_FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
]

/** How to launch a Chromium on this machine, with nothing installed by hand and nothing downloaded. */
export async function chromiumLaunchOptions(): Promise<LaunchOptions> {
  // Playwright launches without Chromium's sandbox unless asked: only pages of this repository are opened, and root and
  // many containers have no sandbox to offer.
  const args = QUIET_FLAGS
  const named = process.env.PLAYWRIGHT_CHROMIUM_PATH
  if (named) return { executablePath: named, args }
  if (existsSync(chromium.executablePath())) return { args }
  const system = SYSTEM_BROWSERS.find((file) => existsSync(file))
  if (system) return { executablePath: system, args }
  if (process.platform === 'linux' && process.arch === 'x64') return packagedChromium()
  throw new Error('No Chromium found: run `npx playwright install chromium`, or name one in PLAYWRIGHT_CHROMIUM_PATH.')
}

/** The browser that @sparticuz/chromium ships compressed inside its npm package. */
async function packagedChromium(): Promise<LaunchOptions> {
  const folder = await extractedChromium()
  const libraries = path.join(folder, 'al2023', 'lib')
  return {
    executablePath: path.join(folder, 'chromium'),
    args: QUIET_FLAGS,
    env: {
      ...(process.env as Record<string, string>),
      LD_LIBRARY_PATH: [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
      FONTCONFIG_FILE: path.join(folder, 'fonts.conf'),
    },
  }
}

async function extractedChromium(): Promise<string> {
  const manifest = path.join(root, 'node_modules/@sparticuz/chromium/package.json')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  const cache = path.join(root, 'node_modules', '.cache', 'wattledger')
  const folder = path.join(cache, `chromium-${version}`)
  if (existsSync(path.join(folder, 'chromium'))) return folder
  mkdirSync(cache, { recursive: true })
  const partial = mkdtempSync(path.join(cache, 'extracting-'))
  const extract = "import chromium from '@sparticuz/chromium'; await chromium.executablePath()"
  // The package extracts into the temporary folder by fixed names and brings its libraries only where it believes it
  // runs on Lambda: a child with its own TMPDIR keeps it away from names that other users of the machine can plant.
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', extract], {
    cwd: root,
    env: { ...process.env, HOME: os.homedir(), TMPDIR: partial, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
  })
  writeFileSync(path.join(partial, 'fonts.conf'), fontConfiguration(folder))
  try {
    renameSync(partial, folder)
  } catch (error) {
    rmSync(partial, { recursive: true, force: true })
    // Another process was faster; its copy is as good.
    if (!existsSync(path.join(folder, 'chromium'))) throw error
  }
  return folder
}

// The package's own configuration knows only folders of Lambda; the machine's fonts come first where there are any.
const fontConfiguration = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${path.join(folder, 'fonts')}</dir>
  <cachedir>${path.join(folder, 'font-cache')}</cachedir>
</fontconfig>
`
