import type { Pool, PoolClient } from 'pg'
import { asUnavailable } from './unavailable'

export type Tx = PoolClient

/** One transaction on a pool; a database that cannot answer becomes a retryable refusal. */
export const inTransaction = async <T>(pool: Pool, work: (tx: Tx) => Promise<T>): Promise<T> => {
  let client: PoolClient | undefined
  try {
    client = await pool.connect()
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    client.release()
    return result
  } catch (error) {
    // A failed rollback means a broken connection: it must not go back to the pool.
    const broken = await client?.query('rollback').then(
      () => undefined,
      (failure: Error) => failure,
    )
    client?.release(broken)
    throw asUnavailable(error)
  }
}

/**
 * The tenant door for plain SQL (ingest, grid imports, posting): a transaction that sees one organisation's rows.
 * The setting is local to the transaction, so the next user of the connection does not inherit it.
 */
export const withOrgSql = <T>(pool: Pool, orgId: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(pool, async (tx) => {
    await tx.query("select set_config('app.org_id', $1, true)", [orgId])
    return work(tx)
  })
