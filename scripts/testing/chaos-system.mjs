// The system under test as real processes: PostgreSQL, web and worker, each of which can be killed and brought back.
import { execFileSync, spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import path from 'node:path'
import { SUPERUSER, startEmbeddedPostgres } from '../embedded-postgres.mjs'
import { ensureRolesAndDatabase } from '../lib/database-roles.mjs'
import { ROOT } from '../lib/folders.mjs'
import { applyMigrations } from '../lib/migrations.mjs'
import { ensureBuild, NEXT } from '../lib/next-build.mjs'
import { freePort } from '../lib/ports.mjs'
import { removeDataFolder } from '../lib/postgres-places.mjs'
import { loadReference } from '../lib/prepare.mjs'
import { ensurePrismaClient } from '../lib/prisma-client.mjs'
import { sleep } from '../lib/processes.mjs'
import { typescriptArguments } from '../lib/run-typescript.mjs'
import { readSecrets } from '../lib/secrets.mjs'
import { makeTemporaryDataFolder } from './temporary-folder.mjs'

const DATABASE = 'wattledger'

/**
 * @param {{ flags: string[], say: (line: string) => void }} options PostgreSQL flags: the mutant's `synchronous_commit=off`
 */
export async function startSystem({ flags, say }) {
  const dataFolder = await makeTemporaryDataFolder()
  const secrets = readSecrets(dataFolder)
  const startDatabase = (port) => startEmbeddedPostgres({ dataFolder, password: secrets.superuser, port, flags })
  let database = await startDatabase(0)
  const { port: databasePort } = database
  const url = (user, password, name = DATABASE) => `postgresql://${user}:${password}@127.0.0.1:${databasePort}/${name}`
  const adminUrl = url(SUPERUSER, secrets.superuser, 'postgres')
  await ensureRolesAndDatabase(adminUrl, { database: DATABASE, passwords: secrets })
  const webPort = await freePort()
  const env = {
    ...process.env,
    DATABASE_URL: url('wl_app', secrets.wl_app),
    WORKER_DATABASE_URL: url('wl_worker', secrets.wl_worker),
    OWNER_DATABASE_URL: url('wl_owner', secrets.wl_owner),
    NEXTAUTH_SECRET: secrets.nextauth ?? 'a secret for the chaos run only',
    NEXTAUTH_URL: `http://127.0.0.1:${webPort}`,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    LOG_LEVEL: 'warn',
  }
  await ensurePrismaClient({ say })
  await applyMigrations(env.OWNER_DATABASE_URL)
  await loadReference(env, () => {})
  await ensureBuild({ env, say })

  const log = openSync(path.join(dataFolder, 'chaos.log'), 'a')
  const launch = (args) =>
    spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', log, log], detached: true })
  const launchers = {
    web: () => launch([NEXT, 'start', '-H', '127.0.0.1', '-p', String(webPort)]),
    worker: () => launch(typescriptArguments('lib/jobs/worker.ts')),
  }
  const children = { web: launchers.web(), worker: launchers.worker() }

  return {
    base: `http://127.0.0.1:${webPort}`,
    env,
    adminUrl: url(SUPERUSER, secrets.superuser),
    logFile: path.join(dataFolder, 'chaos.log'),
    /** SIGKILL without warning, children too; back at once, as a supervisor would. */
    async kill(target) {
      if (target === 'database') {
        killDatabase(database.pid)
        while (database.isAlive()) await sleep(20)
        database = await startDatabase(databasePort)
      } else if (target === 'backend') {
        const [backend] = childrenOf(database.pid).filter((pid) => isClientBackend(pid))
        if (backend) killQuietly(backend)
      } else {
        killGroup(children[target].pid)
        await sleep(100)
        children[target] = launchers[target]()
      }
    },
    async stop() {
      for (const child of Object.values(children)) killGroup(child.pid)
      await database.stop()
      removeDataFolder(dataFolder)
    },
  }
}

const childrenOf = (pid) => {
  try {
    return execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
      .split('\n')
      .filter(Boolean)
      .map(Number)
  } catch {
    return []
  }
}

const isClientBackend = (pid) => {
  try {
    return /wl_app|wl_worker/.test(execFileSync('ps', ['-p', String(pid), '-o', 'args='], { encoding: 'utf8' }))
  } catch {
    return false
  }
}

const killQuietly = (pid) => {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Gone already.
  }
}

const killGroup = (pid) => killQuietly(-pid)

/** The postmaster first, so that it cannot tidy up, then its backends, which would hold the shared memory. */
const killDatabase = (postmaster) => {
  const backends = childrenOf(postmaster)
  killQuietly(postmaster)
  for (const pid of backends) killQuietly(pid)
}
