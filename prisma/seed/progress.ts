import type { Tx } from '@/lib/db/with-org-sql'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'

/** How far the filling has come is written in the organisation's own audit log. */

export const SEED: Author = { kind: 'system', id: 'seed-demo' }
const onOrganization = (orgId: string) => ({ objectKind: 'organization', objectId: orgId })
const STARTED = 'demo.fill_started'
const FILLED = 'demo.filled'

export interface FillState {
  /** The window that an earlier, interrupted filling began with. */
  lastMonth: string | null
  isComplete: boolean
}

export const readState = async (tx: Tx, orgId: string): Promise<FillState> => {
  const { rows } = await tx.query<{ action: string; last_month: string }>(
    `select action, detail ->> 'last_month' as last_month from audit_event
     where org_id = $1 and action in ($2, $3) order by at`,
    [orgId, STARTED, FILLED],
  )
  return { lastMonth: rows[0]?.last_month ?? null, isComplete: rows.some(({ action }) => action === FILLED) }
}

export const writeStarted = (tx: Tx, orgId: string, lastMonth: string): Promise<void> =>
  writeAuditEvent(tx, orgId, SEED, { ...onOrganization(orgId), action: STARTED, detail: { last_month: lastMonth } })

export const writeFilled = (tx: Tx, orgId: string, detail: { last_month: string; readings: number }): Promise<void> =>
  writeAuditEvent(tx, orgId, SEED, { ...onOrganization(orgId), action: FILLED, detail })
