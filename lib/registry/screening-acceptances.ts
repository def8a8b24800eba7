import type { z } from 'zod'
import type { ScreeningAcceptance, screeningAcceptanceRequestSchema } from '@/lib/contracts/screening'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import { openAllocations } from '@/lib/ledger/open-allocations'

interface Row extends Omit<ScreeningAcceptance, 'accepted_at'> {
  accepted_at: Date
}
const COLUMNS = 'zone, year, note, accepted_by, accepted_at'
const shown = (row: Row): ScreeningAcceptance => ({ ...row, accepted_at: row.accepted_at.toISOString() })

/** What is in Scope 2 may be covered by instruments, so its months are allocated anew. */
const openYear = (tx: Tx, orgId: string, year: number): Promise<void> =>
  openAllocations(
    tx,
    orgId,
    Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}-01`),
  )

const withdraw = async (tx: Tx, orgId: string, zone: string, year: number): Promise<Row | undefined> => {
  const { rows } = await tx.query<Row>(
    `delete from screening_acceptance where org_id = $1 and zone = $2 and year = $3 returning ${COLUMNS}`,
    [orgId, zone, year],
  )
  return rows[0]
}

/** Zones and years whose life-cycle average somebody took into Scope 2, newest first. */
export const screeningAcceptances = (orgId: string): Promise<ScreeningAcceptance[]> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const { rows } = await tx.query<Row>(
      `/* screening.list */ select ${COLUMNS} from screening_acceptance where org_id = $1 order by accepted_at desc, zone, year`,
      [orgId],
    )
    return rows.map(shown)
  })

/**
 * Takes a zone's life-cycle average into Scope 2 for a year (METHOD §3: refused unless overridden with a note). Entries stay as they
 * are: statement and ledger lines read the acceptance, and instruments are allocated anew. @throws AppError invalid_input where no Scope 2 hour of that zone and year rests on one,
 * conflict where it is accepted already
 */
export const acceptScreening = (
  orgId: string,
  { zone, year, note }: z.output<typeof screeningAcceptanceRequestSchema>,
  by: Author,
): Promise<ScreeningAcceptance> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const { rows: used } = await tx.query(
      `select 1 from entry e
       join attribution a on a.org_id = e.org_id and a.attribution_id = e.attribution_id
       where e.org_id = $1 and e.is_current and e.day >= make_date($3, 1, 1) and e.day < make_date($3 + 1, 1, 1)
         and a.zone = $2 and a.deployment in ('owned', 'colocation_controlled') and true = any(e.screening)
       limit 1`,
      [orgId, zone, year],
    )
    if (used.length === 0) {
      throw new AppError('invalid_input', 'No Scope 2 hour of that zone and year rests on a life-cycle average.', {
        issues: [{ path: 'zone', message: 'must be a zone that the statement of the year keeps out' }],
      })
    }
    const { rows } = await tx.query<Row>(
      `insert into screening_acceptance (org_id, zone, year, note, accepted_by) values ($1, $2, $3, $4, $5)
       on conflict do nothing returning ${COLUMNS}`,
      [orgId, zone, year, note, by.id],
    )
    const row = rows[0]
    if (!row) throw new AppError('conflict', 'That zone and year are accepted already. Withdraw it to change its note.')
    await openYear(tx, orgId, year)
    await writeAuditEvent(tx, orgId, by, {
      action: 'screening.accept',
      objectKind: 'screening_acceptance',
      objectId: `${zone} ${year}`,
      detail: { zone, year, note },
    })
    return shown(row)
  })

/** Keeps the zone's average out of Scope 2 again. @throws AppError not_found */
export const withdrawScreening = (
  orgId: string,
  { zone, year }: { zone: string; year: number },
  by: Author,
): Promise<ScreeningAcceptance> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const row = await withdraw(tx, orgId, zone, year)
    if (!row) throw new AppError('not_found', 'Nothing is accepted for that zone and year.')
    await openYear(tx, orgId, year)
    await writeAuditEvent(tx, orgId, by, {
      action: 'screening.withdraw',
      objectKind: 'screening_acceptance',
      objectId: `${zone} ${year}`,
      detail: { zone, year, note: row.note },
    })
    return shown(row)
  })
