import { defineConfig, devices } from '@playwright/test'
import { freePort } from './scripts/lib/ports.mjs'
import { removeDataFolder } from './scripts/lib/postgres-places.mjs'
import { chromiumLaunchOptions } from './scripts/testing/chromium'
import { makeTemporaryDataFolder } from './scripts/testing/temporary-folder.mjs'

// Each worker loads this file too; what the first one chose travels by the environment.
if (!process.env.E2E_DATA_DIR) {
  const folder = await makeTemporaryDataFolder()
  process.env.E2E_DATA_DIR = folder
  process.on('exit', () => removeDataFolder(folder))
}
process.env.E2E_PORT ??= String(await freePort())
const baseURL = `http://127.0.0.1:${process.env.E2E_PORT}`

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  workers: 2,
  // A browser on a loaded machine may lose a race once; twice is a fault.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  outputDir: 'test-results',
  reporter: [
    ['list'],
    ['html', { open: 'never' }],
    ...(process.env.E2E_RESULTS ? [['json', { outputFile: process.env.E2E_RESULTS }] as const] : []),
  ],
  use: {
    baseURL,
    trace: 'retain-on-failure',
    launchOptions: await chromiumLaunchOptions(),
  },
  projects: [
    {
      name: 'desktop',
      use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 }, channel: undefined },
    },
  ],
  webServer: {
    command: 'node scripts/start.mjs',
    url: `${baseURL}/api/health`,
    timeout: 300_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
    stdout: process.env.E2E_SERVER_LOG ? 'pipe' : 'ignore',
    env: {
      PORT: process.env.E2E_PORT,
      HOST: '127.0.0.1',
      DATA_DIR: process.env.E2E_DATA_DIR,
      PG_PORT: '',
      PG_FLAGS: '',
      DATABASE_URL: '',
      ADMIN_DATABASE_URL: '',
      WORKER_DATABASE_URL: '',
      OWNER_DATABASE_URL: '',
      NEXTAUTH_SECRET: '',
      NEXTAUTH_URL: baseURL,
      WATTLEDGER_DEMO: 'on',
    },
  },
})
