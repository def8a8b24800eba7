import type pg from 'pg'
import type { GridBasis } from '@/lib/contracts/grid'
import { zonesUsing } from '@/lib/factors/hourly-zone'
import { loadReferenceTables } from '@/lib/factors/reference-tables'
import { claimZoneHours } from '@/lib/factors/zone-gate'
import { openDays } from '@/lib/ledger/open-days'
import { HOUR, monthName } from '@/lib/units/time'
import type { FileHour } from './intensity-csv'
import { type MergedMonths, type MonthVector, mergeMonths } from './month-vectors'
import { resolveZone } from './zone-of'

export interface IntensityImport {
  orgId: string
  zone: string
  basis: GridBasis
  /** Each hour at most once. */
  hours: FileHour[]
  source: string
  retrievedAt: Date
}

export interface ImportedIntensity {
  zone: string
  basis: GridBasis
  /** Hours of the file that carry a value, and how many of these are estimated. */
  hours: number
  revision: number
  estimated: number
  /** Hours inside the file's span without a value. */
  gaps: number
  /** Days on which an hour became known or another one. */
  changedDays: string[]
  /** Those of them that stand in the ledger or wait for posting: the ones that will be posted anew. */
  openedDays: string[]
}

/**
 * Stores a file's hours as the organisation's own, as a new revision of the months that they change, and opens exactly the days that
 * rest on them. The caller's transaction is inside the tenant door. The same file again changes nothing.
 */
export const importIntensity = async (tx: pg.PoolClient, given: IntensityImport): Promise<ImportedIntensity> => {
  const tables = await loadReferenceTables(tx)
  // By the same name that workloads in the zone have: hours under `de` or `DEU` would never be found.
  const file = { ...given, zone: resolveZone(tables, { gridZone: given.zone })?.zone ?? given.zone }
  await claimZoneHours(tx, file.orgId, file.zone)
  const { months: stored, revision: latest } = await storedMonths(tx, file)
  const merged = mergeMonths(stored, file.hours, file.source)
  const revision = merged.months.length === 0 ? latest : latest + 1
  await insertMonths(tx, file, revision, merged)
  const openedDays = await daysRestingOn(tx, file, zonesUsing(tables, file.zone), merged.changedDays)
  await openDays(tx, file.orgId, openedDays)
  return {
    zone: file.zone,
    basis: file.basis,
    revision,
    ...countsOf(file.hours),
    changedDays: merged.changedDays,
    openedDays,
  }
}

const countsOf = (hours: FileHour[]): Pick<ImportedIntensity, 'hours' | 'estimated' | 'gaps'> => {
  const known = hours.filter((hour) => hour.gPerKwh !== null)
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (const { at } of hours) {
    first = Math.min(first, at)
    last = Math.max(last, at)
  }
  const span = hours.length === 0 ? 0 : (last - first) / HOUR + 1
  return { hours: known.length, estimated: known.filter((hour) => hour.estimated).length, gaps: span - known.length }
}

const storedMonths = async (
  tx: pg.PoolClient,
  { orgId, zone, basis, hours }: IntensityImport,
): Promise<{ months: Map<string, MonthVector>; revision: number }> => {
  const newest = await tx.query<{ revision: number }>(
    `/* grid.newest_revision */
     select coalesce(max(revision), 0) as revision
     from grid_intensity
     where owner_id = $1 and zone = $2 and basis = $3`,
    [orgId, zone, basis],
  )
  const months = [...new Set(hours.map((hour) => monthName(hour.at)))]
  const { rows } = await tx.query<MonthVector>(
    `/* grid.stored_months */
     select distinct on (month) to_char(month, 'YYYY-MM') as month, g_per_kwh as "gPerKwh", estimated, source
     from grid_intensity
     where owner_id = $1 and zone = $2 and basis = $3 and month = any($4::date[])
     order by month, revision desc`,
    [orgId, zone, basis, months.map((month) => `${month}-01`)],
  )
  return { months: new Map(rows.map((row) => [row.month, row])), revision: newest.rows[0]?.revision ?? 0 }
}

const insertMonths = async (
  tx: pg.PoolClient,
  { orgId, zone, basis, retrievedAt }: IntensityImport,
  revision: number,
  { months }: MergedMonths,
): Promise<void> => {
  for (const month of months) {
    await tx.query(
      `/* grid.insert_month */
       insert into grid_intensity
         (owner_id, zone, basis, month, revision, g_per_kwh, estimated, source, retrieved_at, sha256)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        orgId,
        zone,
        basis,
        `${month.month}-01`,
        revision,
        month.gPerKwh,
        month.estimated,
        month.source,
        retrievedAt,
        month.sha256,
      ],
    )
  }
}

/** Of the changed days, those with a current entry or a facility figure in the zone, and those that are due anyway. */
const daysRestingOn = async (
  tx: pg.PoolClient,
  file: IntensityImport,
  zones: string[],
  changedDays: string[],
): Promise<string[]> => {
  // No figure of the ledger rests on a marginal intensity.
  if (changedDays.length === 0 || file.basis === 'marginal') return []
  const { rows } = await tx.query<{ day: string }>(
    `/* grid.days_resting_on */
     select e.day::text as day
     from entry e
     join attribution a using (org_id, attribution_id)
     where e.org_id = $1 and e.day = any($2::date[]) and e.is_current and a.zone = any($3)
     union
     select f.day::text
     from facility_day f
     where f.org_id = $1 and f.day = any($2::date[]) and f.zone = any($3)
     union
     select o.day::text
     from open_day o
     where o.org_id = $1 and o.day = any($2::date[])
     order by day`,
    [file.orgId, changedDays, zones],
  )
  return rows.map((row) => row.day)
}
