// One throw-away PostgreSQL for a run of the database tests, with a template of the migrated database to clone from.
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { SUPERUSER, startEmbeddedPostgres } from '../embedded-postgres.mjs'
import { ensureRolesAndDatabase } from '../lib/database-roles.mjs'
import { applyMigrations } from '../lib/migrations.mjs'
import { removeDataFolder } from '../lib/postgres-places.mjs'
import { loadReference } from '../lib/prepare.mjs'
import { ensurePrismaClient } from '../lib/prisma-client.mjs'
import { readSecrets } from '../lib/secrets.mjs'
import { makeTemporaryDataFolder } from './temporary-folder.mjs'

const TEMPLATE = 'wattledger_template'
const FAST = ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'max_connections=200']

export interface TestServer {
  port: number
  template: string
  passwords: { wl_owner: string; wl_app: string; wl_worker: string; postgres: string }
}

declare module 'vitest' {
  export interface ProvidedContext {
    server: TestServer
  }
}

export default async function setup(project: TestProject) {
  await ensurePrismaClient({ say: () => {} })
  const dataFolder = await makeTemporaryDataFolder()
  const secrets: Record<string, string> = readSecrets(dataFolder)
  const password = secrets.superuser as string
  const server = await startEmbeddedPostgres({ dataFolder, password, flags: FAST })
  const teardown = async () => {
    await server.stop()
    removeDataFolder(dataFolder)
  }
  try {
    const url = (user: string, secret: string, database: string) =>
      `postgresql://${user}:${secret}@127.0.0.1:${server.port}/${database}`
    const { wl_owner, wl_app, wl_worker } = secrets as TestServer['passwords']
    const adminUrl = url(SUPERUSER, password, 'postgres')
    await ensureRolesAndDatabase(adminUrl, { database: TEMPLATE, passwords: secrets })
    const ownerUrl = url('wl_owner', wl_owner, TEMPLATE)
    await applyMigrations(ownerUrl)
    const env = {
      ...process.env,
      DATABASE_URL: url('wl_app', wl_app, TEMPLATE),
      WORKER_DATABASE_URL: url('wl_worker', wl_worker, TEMPLATE),
      OWNER_DATABASE_URL: ownerUrl,
    }
    await loadReference(env, () => {})
    await closeTemplate(adminUrl)
    const passwords = { wl_owner, wl_app, wl_worker, postgres: password }
    project.provide('server', { port: server.port, template: TEMPLATE, passwords })
  } catch (error) {
    await teardown()
    throw error
  }
  return teardown
}

// A template can be cloned only while nobody is connected to it.
async function closeTemplate(adminUrl: string) {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query(`alter database ${TEMPLATE} with is_template true allow_connections false`)
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [TEMPLATE])
  await admin.end()
}
