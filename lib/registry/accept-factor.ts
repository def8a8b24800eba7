import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import type { FactorKind } from '@/lib/factors/factor-kinds'
import { SHARED_OWNER } from '@/lib/factors/load-reference'
import { organizationTables, VERSION_IN_FORCE } from '@/lib/factors/organization-tables'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import { claimFactors } from './edit-factor'
import { type ChangedFactor, openDaysOfFactor } from './factor-days'

interface Offered {
  kind: FactorKind
  zone: string | null
  subject: string | null
  newest: number
  in_force: number
}

export interface Acceptance {
  id: string
  version: number
}

/**
 * POST /api/v1/factors/{factor}/acceptance: the organisation takes a version of a shared factor, also an earlier one. The days that
 * rest on the factor are opened; settled ones get a revision beside what was reported.
 * @throws AppError not_found (no such shared factor or version), conflict (in force already)
 */
export const acceptFactor = async (
  orgId: string,
  { note, ...one }: Acceptance & { note: string | null },
  by: Author,
): Promise<{ factor_id: string; version: number; reopened_days: number }> => ({
  factor_id: one.id,
  version: one.version,
  reopened_days: await acceptFactors(orgId, { factors: [one], note }, by),
})

/** Several at once, all of them or none. Returns how many days are posted anew. */
export const acceptFactors = (
  orgId: string,
  { factors, note }: { factors: Acceptance[]; note: string | null },
  by: Author,
): Promise<number> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    await claimFactors(tx, orgId)
    const changed: ChangedFactor[] = []
    for (const { id, version } of factors) {
      const offered = await offeredOf(tx, orgId, id)
      if (!offered) throw new AppError('not_found', `No shared factor ${id}. Own factors need no acceptance.`)
      if (version > offered.newest) throw new AppError('not_found', `${id} has no version ${version}.`)
      if (version === offered.in_force)
        throw new AppError('conflict', `Version ${version} of ${id} is in force already.`)
      await tx.query(
        `insert into factor_acceptance (org_id, factor_id, version, note, accepted_by)
         values ($1, $2, $3, $4, $5)
         on conflict (org_id, factor_id) do update
         set version = excluded.version, note = excluded.note, accepted_by = excluded.accepted_by, accepted_at = now()`,
        [orgId, id, version, note, by.id],
      )
      await writeAuditEvent(tx, orgId, by, {
        action: 'factor.accept',
        objectKind: 'factor',
        objectId: id,
        detail: { version, before: offered.in_force, note },
      })
      changed.push({ id, overrides: null, kind: offered.kind, zone: offered.zone, subject: offered.subject })
    }
    return openDaysOfFactor(tx, orgId, await organizationTables(tx, orgId), changed)
  })

const offeredOf = async (tx: Tx, orgId: string, id: string): Promise<Offered | undefined> => {
  const { rows } = await tx.query<Offered>(
    `/* factors.offered */
     select f.kind, f.zone, f.subject, n.newest, ${VERSION_IN_FORCE} as in_force
     from factor f
     join (select owner_id, factor_id, max(version) as newest from factor_version
       where owner_id = $2 and factor_id = $3 group by 1, 2) n using (owner_id, factor_id)`,
    [orgId, SHARED_OWNER, id],
  )
  return rows[0]
}
