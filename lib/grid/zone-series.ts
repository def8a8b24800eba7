import type pg from 'pg'
import type { Basis } from '@/lib/accounting/facts'
import { hourlyZonesOf } from '@/lib/factors/hourly-zone'
import { readIntensityHours } from '@/lib/factors/intensity-hours'
import { loadReferenceTables } from '@/lib/factors/reference-tables'
import { HOUR, hourStart } from '@/lib/units/time'

export interface SeriesHour {
  /** Start of the UTC hour, ms since 1970. */
  at: number
  gPerKwh: number | null
  estimated: boolean
  revision: number | null
  source: string | null
  isOwn: boolean
}

/** The hourly intensity that the ledger would use in [from, to), one row per hour; an unknown hour is null. */
export const hourlySeries = async (
  tx: pg.PoolClient,
  asked: { orgId: string; zone: string; basis: Basis; from: number; to: number },
): Promise<SeriesHour[]> => {
  const from = hourStart(asked.from)
  if (asked.to <= from) return []
  const zones = hourlyZonesOf(await loadReferenceTables(tx), asked.zone)
  const hours = await readIntensityHours(tx, { ...asked, zones, bases: [asked.basis], from })
  const series: SeriesHour[] = []
  for (let at = from; at < asked.to; at += HOUR) {
    const known = zones.map((zone) => hours.at(zone, asked.basis, at)).find((hour) => hour !== null)
    series.push(
      known
        ? {
            at,
            gPerKwh: known.gPerKwh,
            estimated: known.estimated,
            revision: known.revision,
            source: known.source,
            isOwn: known.isOwn,
          }
        : { at, gPerKwh: null, estimated: false, revision: null, source: null, isOwn: false },
    )
  }
  return series
}

export interface ZoneInUse {
  zone: string
  name: string | null
  timeZone: string | null
  /** Whether workloads or sites lie there; false for a zone of which only hourly data was imported. */
  isUsed: boolean
  /** First and last month of the organisation's own hourly data, `2023-01`; null without any. */
  hourlyDirect: { from: string; to: string } | null
  hourlyLifecycle: { from: string; to: string } | null
}

/** The zones that an organisation's workloads and sites lie in, and those of which it imported hours. */
export const zonesInUse = async (tx: pg.PoolClient, asked: { orgId: string }): Promise<ZoneInUse[]> => {
  const { rows } = await tx.query<{
    zone: string
    name: string | null
    time_zone: string | null
    is_used: boolean
    direct_from: string | null
    direct_to: string | null
    lifecycle_from: string | null
    lifecycle_to: string | null
  }>(
    `/* grid.zones_in_use */
     with used as (
       select distinct zone from attribution where org_id = $1 and zone is not null
       union
       select zone from site where org_id = $1 and zone is not null
     ),
     own as (
       select zone,
         to_char(min(month) filter (where basis = 'direct'), 'YYYY-MM') as direct_from,
         to_char(max(month) filter (where basis = 'direct'), 'YYYY-MM') as direct_to,
         to_char(min(month) filter (where basis = 'lifecycle'), 'YYYY-MM') as lifecycle_from,
         to_char(max(month) filter (where basis = 'lifecycle'), 'YYYY-MM') as lifecycle_to
       from grid_intensity
       where owner_id = $1 and basis <> 'marginal'
       group by zone
     )
     select zone, z.name, z.time_zone, used.zone is not null as is_used, direct_from, direct_to, lifecycle_from, lifecycle_to
     from used
     full join own using (zone)
     left join zone z using (zone)
     order by zone`,
    [asked.orgId],
  )
  return rows.map((row) => ({
    zone: row.zone,
    name: row.name,
    timeZone: row.time_zone,
    isUsed: row.is_used,
    hourlyDirect: spanOf(row.direct_from, row.direct_to),
    hourlyLifecycle: spanOf(row.lifecycle_from, row.lifecycle_to),
  }))
}

const spanOf = (from: string | null, to: string | null) => (from === null || to === null ? null : { from, to })
