import { appPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import type { FactorKind } from '@/lib/factors/factor-kinds'
import { SHARED_OWNER } from '@/lib/factors/load-reference'
import { organizationTables, VERSION_IN_FORCE } from '@/lib/factors/organization-tables'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import { claimFactors } from './edit-factor'
import { openDaysOfFactor } from './factor-days'

interface Offered {
  kind: FactorKind
  zone: string | null
  subject: string | null
  newest: number
  in_force: number
}

/**
 * POST /api/v1/factors/{factor}/acceptance: the organisation takes a version of a shared factor, also an earlier one. The days that
 * rest on the factor are opened; settled ones get a revision beside what was reported.
 * @throws AppError not_found (no such shared factor or version), conflict (in force already)
 */
export const acceptFactor = (
  orgId: string,
  { id, version, note }: { id: string; version: number; note: string | null },
  by: Author,
): Promise<{ factor_id: string; version: number; reopened_days: number }> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    await claimFactors(tx, orgId)
    const { rows } = await tx.query<Offered>(
      `/* factors.offered */
       select f.kind, f.zone, f.subject, n.newest, ${VERSION_IN_FORCE} as in_force
       from factor f
       join (select owner_id, factor_id, max(version) as newest from factor_version
         where owner_id = $2 and factor_id = $3 group by 1, 2) n using (owner_id, factor_id)`,
      [orgId, SHARED_OWNER, id],
    )
    const offered = rows[0]
    if (!offered) throw new AppError('not_found', 'No such shared factor. Own factors need no acceptance.')
    if (version > offered.newest) throw new AppError('not_found', `${id} has no version ${version}.`)
    if (version === offered.in_force) throw new AppError('conflict', `Version ${version} is in force already.`)
    await tx.query(
      `insert into factor_acceptance (org_id, factor_id, version, note, accepted_by)
       values ($1, $2, $3, $4, $5)
       on conflict (org_id, factor_id) do update
       set version = excluded.version, note = excluded.note, accepted_by = excluded.accepted_by, accepted_at = now()`,
      [orgId, id, version, note, by.id],
    )
    const tables = await organizationTables(tx, orgId)
    const reopened = await openDaysOfFactor(tx, orgId, tables, [
      { id, overrides: null, kind: offered.kind, zone: offered.zone, subject: offered.subject },
    ])
    await writeAuditEvent(tx, orgId, by, {
      action: 'factor.accept',
      objectKind: 'factor',
      objectId: id,
      detail: { version, before: offered.in_force, note, reopened_days: reopened },
    })
    return { factor_id: id, version, reopened_days: reopened }
  })
