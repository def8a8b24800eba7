import type { Outcome } from '@/lib/contracts/runs'
import type { Tx } from '@/lib/db/with-org-sql'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'

/** How a run ended, as its tracking server says; what somebody stated before stays. A run that we do not know is not made by it. */
export const noteOutcome = async (tx: Tx, orgId: string, run: string, outcome: Outcome, by: Author): Promise<void> => {
  const { rows } = await tx.query<{ run_id: string }>(
    `update run set outcome = $3 where org_id = $1 and name = $2 and outcome is null returning run_id`,
    [orgId, run, outcome],
  )
  for (const { run_id: objectId } of rows)
    await writeAuditEvent(tx, orgId, by, {
      ...{ action: 'run.outcome', objectKind: 'run', objectId },
      detail: { outcome, told_by: by.id },
    })
}
