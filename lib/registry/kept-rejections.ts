import type { RejectedAnswer } from '@/lib/contracts/source-items'
import { appPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'

interface Row {
  rejection_id: string
  received_at: Date
  reason: string
  payload: Record<string, unknown>
  replayed_at: Date | null
}

const METRICS = ['prometheus', 'otlp', 'pushgateway']

/** Whether an item can be judged again: a reading, or a sample of a metrics protocol; a part of a text cannot. */
export const canReplay = (payload: Record<string, unknown>): boolean =>
  'item' in payload || (METRICS.includes(String(payload.protocol)) && typeof payload.metric === 'string')

/** The refused items of a source that were kept, newest first. @throws AppError not_found */
export const keptRejections = (orgId: string, sourceId: string): Promise<RejectedAnswer> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const source = await tx.query('select 1 from source where org_id = $1 and source_id = $2', [orgId, sourceId])
    if (source.rowCount === 0) throw new AppError('not_found', 'No such source.')
    const { rows } = await tx.query<Row>(
      `/* rejected.list */ select rejection_id, received_at, reason, payload, replayed_at from rejected_reading
       where org_id = $1 and source_id = $2 order by received_at desc, rejection_id desc limit 500`,
      [orgId, sourceId],
    )
    return {
      items: rows.map((row) => ({
        rejection_id: row.rejection_id,
        received_at: row.received_at.toISOString(),
        reason: row.reason,
        payload: row.payload,
        can_replay: canReplay(row.payload),
        replayed_at: row.replayed_at?.toISOString() ?? null,
      })),
    }
  })
