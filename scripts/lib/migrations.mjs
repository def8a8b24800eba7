// Applies prisma/migrations as `prisma migrate deploy` would, and leaves the same record, without Prisma's native engine.
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { ROOT } from './folders.mjs'
import { Refusal } from './refusal.mjs'

const FOLDER = path.join(ROOT, 'prisma', 'migrations')
// The number under which Prisma's own engine takes its lock, so that the two never run at once.
const PRISMA_LOCK = 72707369

const RECORD_TABLE = `create table if not exists public._prisma_migrations (
    id                      varchar(36) primary key not null,
    checksum                varchar(64) not null,
    finished_at             timestamptz,
    migration_name          varchar(255) not null,
    logs                    text,
    rolled_back_at          timestamptz,
    started_at              timestamptz not null default now(),
    applied_steps_count     integer not null default 0
)`

/**
 * @param {string} url a login of wl_owner
 * @param {(line: string) => void} [say]
 * @returns {Promise<string[]>} the names of the migrations that were applied
 */
export async function applyMigrations(url, say = () => {}) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [PRISMA_LOCK])
    const pending = pendingMigrations(readMigrations(), await recordedMigrations(client))
    for (const migration of pending) {
      say(`Applying migration ${migration.name} …`)
      await apply(client, migration)
    }
    return pending.map((migration) => migration.name)
  } finally {
    await client.end()
  }
}

function readMigrations() {
  if (!existsSync(FOLDER)) return []
  return readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(FOLDER, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: checksum(sql) }
    })
}

async function recordedMigrations(client) {
  const known = await client.query("select to_regclass('public._prisma_migrations') is not null as present")
  if (!known.rows[0].present) await client.query(RECORD_TABLE)
  const recorded = await client.query(
    `select migration_name, checksum, finished_at from public._prisma_migrations
      where rolled_back_at is null
      order by started_at`,
  )
  return recorded.rows
}

function pendingMigrations(migrations, recorded) {
  const byName = new Map(migrations.map((migration) => [migration.name, migration]))
  for (const { migration_name: name, checksum: applied, finished_at } of recorded) {
    const migration = byName.get(name)
    if (!finished_at) throw new Refusal(`Migration ${name} failed earlier; resolve it with prisma migrate resolve.`)
    if (!migration)
      throw new Refusal(`The database has migration ${name}, which this copy lacks: it is older than the data.`)
    if (!hasChecksum(migration.sql, applied)) {
      throw new Refusal(`Migration ${name} was changed after it was applied; restore it and add a new migration.`)
    }
  }
  const applied = new Set(recorded.map((row) => row.migration_name))
  return migrations.filter((migration) => !applied.has(migration.name))
}

async function apply(client, { name, sql, checksum: sum }) {
  const startedAt = new Date()
  try {
    await client.query('begin')
    await client.query(sql)
    await client.query(
      `insert into public._prisma_migrations
         (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
       values ($1, $2, clock_timestamp(), $3, $4, 1)`,
      [randomUUID(), sum, name, startedAt],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    const line = error.position ? ` (line ${sql.slice(0, Number(error.position)).split('\n').length})` : ''
    throw new Refusal(`Migration ${name} failed and left nothing behind: ${error.message}${line}.`)
  }
}

const checksum = (sql) => createHash('sha256').update(sql).digest('hex')

// A checkout on Windows may have changed the line ends; Prisma accepts either as well.
const hasChecksum = (sql, sum) => {
  const unix = sql.replaceAll('\r\n', '\n')
  return [sql, unix, unix.replaceAll('\n', '\r\n')].some((form) => checksum(form) === sum)
}
