// A PostgreSQL of its own with the migrated database, an organisation and a key; and our servers on it. Durable as in production.
import { spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { SUPERUSER, startEmbeddedPostgres } from '../../scripts/embedded-postgres.mjs'
import { ensureRolesAndDatabase } from '../../scripts/lib/database-roles.mjs'
import { ROOT } from '../../scripts/lib/folders.mjs'
import { applyMigrations } from '../../scripts/lib/migrations.mjs'
import { freePort } from '../../scripts/lib/ports.mjs'
import { removeDataFolder } from '../../scripts/lib/postgres-places.mjs'
import { loadReference } from '../../scripts/lib/prepare.mjs'
import { ensurePrismaClient } from '../../scripts/lib/prisma-client.mjs'
import { runQuietly, sleep } from '../../scripts/lib/processes.mjs'
import { typescriptArguments } from '../../scripts/lib/run-typescript.mjs'
import { readSecrets } from '../../scripts/lib/secrets.mjs'
import { NODE_FLAGS } from '../../scripts/lib/serve-ingest.mjs'
import { makeTemporaryDataFolder } from '../../scripts/testing/temporary-folder.mjs'

const DATABASE = 'wattledger'
/** The same for every form of storage in PostgreSQL; the defaults are made for much smaller machines. */
const SETTINGS = { shared_buffers: '512MB', max_wal_size: '4GB', checkpoint_timeout: '15min' }

export async function startSystem({ flags = [] } = {}) {
  const dataFolder = await makeTemporaryDataFolder()
  const secrets = readSecrets(dataFolder)
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const database = await startEmbeddedPostgres({
    dataFolder,
    password: secrets.superuser,
    flags: [...settings, ...flags],
  })
  const url = (user, password, name = DATABASE) => `postgresql://${user}:${password}@127.0.0.1:${database.port}/${name}`
  const adminUrl = url(SUPERUSER, secrets.superuser)
  await ensureRolesAndDatabase(url(SUPERUSER, secrets.superuser, 'postgres'), {
    database: DATABASE,
    passwords: secrets,
  })
  const env = {
    ...process.env,
    DATABASE_URL: url('wl_app', secrets.wl_app),
    WORKER_DATABASE_URL: url('wl_worker', secrets.wl_worker),
    OWNER_DATABASE_URL: url('wl_owner', secrets.wl_owner),
    NEXTAUTH_SECRET: 'a secret for measurements only',
    NEXTAUTH_URL: 'http://127.0.0.1',
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
  }
  await ensurePrismaClient({ say: () => {} })
  await applyMigrations(env.OWNER_DATABASE_URL)
  await loadReference(env, () => {})
  const admin = new pg.Pool({ connectionString: adminUrl, max: 2 })
  // An idle connection that ends with the server is no fault of a run.
  admin.on('error', () => {})
  const children = new Set()
  const script = (file, args = []) =>
    runQuietly(process.execPath, typescriptArguments(file, args), { cwd: ROOT, env, refusal: `${file} failed` })

  return {
    env,
    admin,
    adminUrl,
    pid: database.pid,
    dataFolder,
    script,
    query: async (sql, values) => (await admin.query(sql, values)).rows,
    /** @returns {Promise<{ orgId: string, key: string }>} a fresh organisation, so that nothing of an earlier round is in its way */
    async organisation(name) {
      const slug = name.toLowerCase().replace(/\W+/g, '-')
      await script('scripts/create-org.ts', ['--slug', slug, '--name', slug, '--email', `${slug}@example.com`])
      const key = (await script('scripts/api-key.ts', ['--org', slug, '--scope', 'ingest,read'])).trim()
      const [{ org_id: orgId }] = (await admin.query('select org_id from organization where slug = $1', [slug])).rows
      return { orgId, key }
    },
    /** A process that serves on a free port. @param {(port: number) => string[]} args of node */
    async serve(name, args, ready, nodeFlags = []) {
      const port = await freePort()
      const log = openSync(path.join(dataFolder, `${name}.log`), 'a')
      const child = spawn(process.execPath, [...nodeFlags, ...args(port)], {
        cwd: ROOT,
        env,
        stdio: ['ignore', log, log],
      })
      children.add(child)
      await answering(`http://127.0.0.1:${port}${ready}`, child, path.join(dataFolder, `${name}.log`))
      return { base: `http://127.0.0.1:${port}`, pid: child.pid, stop: () => end(child, children) }
    },
    async stop() {
      for (const child of children) await end(child, children)
      await admin.end()
      await database.stop()
      removeDataFolder(dataFolder)
    },
  }
}

export const ingestServer = (system, nodeFlags = []) =>
  system.serve(
    'ingest',
    (port) => typescriptArguments('scripts/ingest-server.ts', ['127.0.0.1', String(port)]),
    '/api/health',
    [...NODE_FLAGS, ...nodeFlags],
  )

export async function end(child, children) {
  children?.delete(child)
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await Promise.race([ended, sleep(30_000)])
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
}

export async function answering(url, child, log) {
  for (let look = 0; look < 600; look += 1) {
    if (child.exitCode !== null) throw new Error(`A server ended before it answered; see ${log}.`)
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return
    await sleep(100)
  }
  throw new Error(`No answer at ${url}; see ${log}.`)
}
