import pg from 'pg'
import { env } from '@/lib/env'
import { log } from '@/lib/log'

const INT8 = 20
const INT8_ARRAY = 1016
const DATE = 1082

const parseInt8Array = (text: string): (bigint | null)[] =>
  text === '{}'
    ? []
    : text
        .slice(1, -1)
        .split(',')
        .map((item) => (item === 'NULL' ? null : BigInt(item)))

/** bigint stays exact and a date stays a name; everything else as pg reads it. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary') {
      if (oid === INT8) return (text: string) => BigInt(text)
      if (oid === INT8_ARRAY) return parseInt8Array
      if (oid === DATE) return (text: string) => text
    }
    return pg.types.getTypeParser(oid, format as 'text')
  },
} as pg.CustomTypesConfig

const open = (
  connectionString: string,
  max: number,
  statementTimeoutMs: number,
  options: { pipeline?: boolean } = {},
): pg.Pool => {
  const pool = new pg.Pool({
    ...options,
    connectionString,
    max,
    types,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
    statement_timeout: statementTimeoutMs,
  })
  // A connection that the server closes is replaced at the next use, and a query on it fails by itself; without listeners, on the
  // pool for idle connections and on each connection while it is lent, the loss would end the process.
  pool.on('error', (error) => log.warn({ error: error.message }, 'idle database connection lost'))
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

// Next bundles routes apart; one pool per process all the same.
const shared = globalThis as unknown as { wattledgerPools?: Map<string, pg.Pool> }
const pools = (): Map<string, pg.Pool> => {
  shared.wattledgerPools ??= new Map()
  return shared.wattledgerPools
}
const once = (name: string, make: () => pg.Pool): pg.Pool => {
  const known = pools().get(name)
  if (known) return known
  const made = make()
  pools().set(name, made)
  return made
}

/** The web's connections (role wl_app). */
export const appPool = (): pg.Pool => once('app', () => open(env().DATABASE_URL, 12, 30_000))
/**
 * For requests that bring readings (role wl_app): all statements of a transaction go out together, so that a batch costs one round trip.
 * Whoever uses it must look at what `commit` answered.
 */
export const ingestPool = (): pg.Pool => once('ingest', () => open(env().DATABASE_URL, 6, 30_000, { pipeline: true }))
/** The worker's connections (role wl_worker). */
export const workerPool = (): pg.Pool =>
  once('worker', () => open(env().WORKER_DATABASE_URL ?? env().DATABASE_URL, 4, 300_000))

export const closePools = async (): Promise<void> => {
  await Promise.all([...pools().values()].map((pool) => pool.end()))
  pools().clear()
}
