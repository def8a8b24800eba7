// Comes in: a copy in any state. Goes out: packages, database client and a database that can be used.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './folders.mjs'
import { ensureInstalled } from './install.mjs'
import { ensurePrismaClient } from './prisma-client.mjs'
import { runQuietly } from './processes.mjs'
import { typescriptArguments } from './run-typescript.mjs'

/**
 * @param {{ migrate?: 'always' | 'embedded', roles?: string[], say?: (line: string) => void }} options
 *   migrate: a shared database is migrated only by the commands that are meant to, not by each process that uses it
 * @returns {Promise<import('./database-env.mjs').Database>}
 */
export async function prepareDatabase({ migrate = 'embedded', roles, say = console.log } = {}) {
  await ensureInstalled({ say })
  await ensurePrismaClient({ say })
  const { resolveDatabase } = await import('./database-env.mjs')
  const { applyMigrations } = await import('./migrations.mjs')
  const database = await resolveDatabase({ start: true, roles, say })
  if (migrate === 'embedded' && !database.embedded) return database
  try {
    await applyMigrations(database.env.OWNER_DATABASE_URL, say)
    if (migrate === 'always' || database.isFresh) await loadReference(database.env, say)
    return database
  } catch (error) {
    await database.release()
    throw error
  }
}

/** Brings the factors that all organisations share up to what this copy ships. */
export async function loadReference(env, say) {
  const script = 'scripts/load-reference.ts'
  if (!existsSync(path.join(ROOT, script))) return
  const { progress } = await import('./progress.mjs')
  const load = () =>
    runQuietly(process.execPath, typescriptArguments(script), { cwd: ROOT, env, refusal: 'Loading factors failed' })
  await progress('Loading reference factors', load, say)
}
