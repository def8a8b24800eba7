import { ensureInstalled } from './install.mjs'
import { ensureBuild } from './next-build.mjs'
import { ensurePrismaClient } from './prisma-client.mjs'
import { runCommand } from './refusal.mjs'

/** Builds without a database: nothing is asked of one until a request comes. */
export const main = () =>
  runCommand(async () => {
    await ensureInstalled()
    await ensurePrismaClient()
    await ensureBuild({ env: buildEnvironment(), force: true })
  })

export function buildEnvironment() {
  const nowhere = (role) => `postgresql://${role}@127.0.0.1:1/wattledger`
  return {
    DATABASE_URL: nowhere('wl_app'),
    WORKER_DATABASE_URL: nowhere('wl_worker'),
    OWNER_DATABASE_URL: nowhere('wl_owner'),
    NEXTAUTH_SECRET: 'only-for-building',
    NEXTAUTH_URL: 'http://localhost:3000',
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  }
}
