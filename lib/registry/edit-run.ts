import type { Outcome, RunFields, RunView } from '@/lib/contracts/runs'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** By its id, else by its name. @throws AppError not_found */
export const writeRun = async (tx: Tx, orgId: string, run: string, fields: RunFields, by: Author): Promise<RunView> => {
  const column = UUID.test(run) ? 'run_id' : 'name'
  const { rows } = await tx.query<{ run_id: string; name: string; outcome: Outcome | null }>(
    `update run set outcome = $3, flops = $4, flops_source = $5, tokens = $6
     where org_id = $1 and ${column} = $2 returning run_id, name, outcome`,
    [orgId, run, fields.outcome, fields.flops, fields.flops_source, fields.tokens],
  )
  const known = rows[0]
  if (!known) throw new AppError('not_found', 'No such run.')
  await writeAuditEvent(tx, orgId, by, {
    action: 'run.edit',
    objectKind: 'run',
    objectId: known.run_id,
    detail: { ...fields },
  })
  return { run_id: known.run_id, name: known.name, ...fields }
}

/** PUT /api/v1/runs/[run]: its outcome, FLOPs and tokens. Nothing is posted anew, because no entry rests on them. */
export const editRun = (orgId: string, run: string, fields: RunFields, by: Author): Promise<RunView> =>
  withOrgSql(appPool(), orgId, (tx) => writeRun(tx, orgId, run, fields, by))
