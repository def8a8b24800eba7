import type { Pool } from 'pg'
import type { ReferenceTables } from '@/lib/grid/zone-of'
import { log } from '@/lib/log'
import { runConnector, type TurnOptions } from './run-connector'

interface DueConnector {
  org_id: string
  connector_id: string
}

/** Due connectors, the longest waiting first; a paused one only when somebody waits for a test of it. */
const dueConnectors = async (pool: Pool, limit: number): Promise<DueConnector[]> => {
  const { rows } = await pool.query<DueConnector>(
    `select org_id, connector_id from connector
     where removed_at is null and next_at <= now()
       and (is_active or cursor #>> '{test,id}' is distinct from cursor #>> '{tested,id}')
     order by next_at limit $1`,
    [limit],
  )
  return rows
}

/**
 * Gives each due connector a turn, one after the other. A lock of the session on its organisation keeps two workers from running two of
 * them at once; it ends with the connection, so a worker that dies holds nothing. Returns how many had a turn.
 */
export const runDueConnectors = async (
  pool: Pool,
  tables: ReferenceTables,
  options: TurnOptions & { limit?: number } = {},
): Promise<number> => {
  let turns = 0
  for (const { org_id: orgId, connector_id: connectorId } of await dueConnectors(pool, options.limit ?? 20)) {
    if (options.signal?.aborted) break
    const lock = await pool.connect()
    const key = `connectors of ${orgId}`
    let broken: Error | undefined
    try {
      const { rows } = await lock.query<{ taken: boolean }>(
        'select pg_try_advisory_lock(hashtextextended($1, 4)) as taken',
        [key],
      )
      if (!rows[0]?.taken) continue
      try {
        if (!(await isStillDue(pool, orgId, connectorId))) continue
        await runConnector(pool, tables, { orgId, connectorId }, options)
        turns++
      } finally {
        await lock.query('select pg_advisory_unlock(hashtextextended($1, 4))', [key])
      }
    } catch (error) {
      log.warn(
        { orgId, connectorId, error: error instanceof Error ? error.message : String(error) },
        'no turn of a connector',
      )
    } finally {
      // A connection that may still hold the lock is closed, which gives it up.
      lock.release(broken)
    }
  }
  return turns
}

/** Another worker may have had it between our look and our lock. */
const isStillDue = async (pool: Pool, orgId: string, connectorId: string): Promise<boolean> => {
  const { rowCount } = await pool.query(
    'select 1 from connector where org_id = $1 and connector_id = $2 and next_at <= now()',
    [orgId, connectorId],
  )
  return rowCount === 1
}
