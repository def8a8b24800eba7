import { randomUUID } from 'node:crypto'
import {
  type BackfillRequest,
  type ConnectorTest,
  type ConnectorView,
  connectorTestSchema,
} from '@/lib/contracts/connectors'
import { appPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import { isoInstant } from '@/lib/units/time'
import { connectorOf } from './connectors'

/** What a person asks of a connector. The worker does it: only its role can read the secret, and only it calls out. */

/** Times in the past to fetch, oldest first; it goes on where it stopped. @throws AppError not_found, conflict, invalid_input */
export const askBackfill = (
  orgId: string,
  connectorId: string,
  asked: BackfillRequest,
  by: Author,
): Promise<ConnectorView> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const connector = await connectorOf(tx, orgId, connectorId)
    if (!connector.is_active) throw new AppError('conflict', 'The connector is paused. Resume it first.')
    const to = Math.min(asked.to, Date.now())
    if (asked.from >= to)
      throw new AppError('invalid_input', 'The past begins later than that.', {
        issues: [{ path: 'from', message: 'must lie in the past' }],
      })
    const progress = { from: isoInstant(asked.from), to: isoInstant(to), done: isoInstant(asked.from) }
    await tx.query('update connector set progress = $3, next_at = now() where org_id = $1 and connector_id = $2', [
      ...[orgId, connectorId, JSON.stringify(progress)],
    ])
    await writeAuditEvent(tx, orgId, by, {
      ...{ action: 'connector.backfill', objectKind: 'connector', objectId: connectorId },
      detail: { from: progress.from, to: progress.to },
    })
    return connectorOf(tx, orgId, connectorId)
  })

const LOOK_AGAIN_MS = 200

/**
 * One request with what is stored, and what came of it in words. The worker is asked and answers through the row.
 * @throws AppError not_found, unavailable (no worker took it in time)
 */
export const askTest = async (
  orgId: string,
  connectorId: string,
  by: Author,
  { waitMs = 25_000 }: { waitMs?: number } = {},
): Promise<ConnectorTest> => {
  const pool = appPool()
  const id = randomUUID()
  await withOrgSql(pool, orgId, async (tx) => {
    await connectorOf(tx, orgId, connectorId)
    await tx.query(
      `update connector set cursor = cursor || jsonb_build_object('test', jsonb_build_object('id', $3::text)), next_at = now()
       where org_id = $1 and connector_id = $2`,
      [orgId, connectorId, id],
    )
    await writeAuditEvent(tx, orgId, by, {
      ...{ action: 'connector.test', objectKind: 'connector', objectId: connectorId },
      detail: {},
    })
  })
  for (const until = Date.now() + waitMs; Date.now() < until; ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
    const answer = await withOrgSql(pool, orgId, async (tx) => {
      const { rows } = await tx.query<{ tested: unknown }>(
        `select cursor -> 'tested' as tested from connector
         where org_id = $1 and connector_id = $2 and cursor #>> '{tested,id}' = $3`,
        [orgId, connectorId, id],
      )
      return connectorTestSchema.safeParse(rows[0]?.tested).data
    })
    if (answer) return answer
  }
  throw new AppError('unavailable', 'The worker did not come to it in time. Try again in a minute.')
}
