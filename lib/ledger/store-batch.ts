import type { PoolClient } from 'pg'
import { newId } from '@/lib/db/ids'
import { ingestPool } from '@/lib/db/pool'
import { asUnavailable } from '@/lib/db/unavailable'
import { BATCH_STATEMENT, batchValues, type SealedBatch } from './batches'
import { EVIDENCE_KEY } from './evidence-gate'

const HOLD = {
  name: 'ledger.hold_evidence',
  text: `/* ledger.hold_evidence */ select set_config('app.org_id', $1, true), pg_advisory_xact_lock_shared(${EVIDENCE_KEY})
    from unnest($2::text[]) with ordinality as listed(day, place) order by place`,
}

/**
 * A batch whose series, attributions and days are in the books already: one transaction that goes out and comes back in one round trip.
 * When it returns, the batch is on disk; null when the same content was before. Two named statements are prepared once a connection.
 * @throws AppError unavailable: nothing was stored, or the answer was lost, and the same batch may be sent again
 */
export const storeBatch = async (orgId: string, batch: SealedBatch, touched: string[]): Promise<string | null> => {
  const pool = ingestPool()
  let client: PoolClient | undefined
  let failure: Error | undefined
  try {
    client = await pool.connect()
    const answers = await Promise.allSettled([
      client.query('begin'),
      client.query({ ...HOLD, values: [orgId, [...touched].sort()] }),
      client.query<{ batch_id: string }>({
        name: 'ledger.store_batch',
        text: BATCH_STATEMENT,
        values: batchValues(orgId, newId(), batch, touched),
      }),
      client.query('commit'),
    ])
    for (const answer of answers) if (answer.status === 'rejected') throw answer.reason
    const [, , stored, committed] = answers.map(
      (answer) => (answer as PromiseFulfilledResult<{ command: string; rows: unknown[] }>).value,
    )
    // The commit of a transaction in which a statement failed answers ROLLBACK, and no error.
    if (committed?.command !== 'COMMIT') throw new Error('the transaction of a batch was rolled back')
    return (stored?.rows[0] as { batch_id: string } | undefined)?.batch_id ?? null
  } catch (error) {
    failure = error as Error
    throw asUnavailable(error)
  } finally {
    // What failed half-way through its statements is not lent again.
    client?.release(failure)
  }
}
