import type pg from 'pg'
import type { Basis } from '@/lib/accounting/facts'
import { isoInstant, monthName } from '@/lib/units/time'

export interface ZoneRevision {
  basis: Basis
  month: string
  revision: number
  source: string
  retrievedAt: string
  hours: number
  estimated: number
  hoursInMonth: number
  /** The newest of its month: the one that counts. */
  isCurrent: boolean
}

/** The organisation's own hourly data of a zone, newest month and revision first. Earlier revisions are kept. */
export const zoneRevisions = async (
  tx: pg.PoolClient,
  asked: { orgId: string; zone: string },
): Promise<ZoneRevision[]> => {
  const { rows } = await tx.query<{
    basis: Basis
    month: string
    revision: number
    source: string
    retrieved_at: Date
    hours: number
    estimated: number
    hours_in_month: number
    is_current: boolean
  }>(
    `/* zone.revisions */
     select basis, to_char(month, 'YYYY-MM') as month, revision, source, retrieved_at,
       cardinality(array_remove(g_per_kwh, null)) as hours,
       (select count(*) from unnest(g_per_kwh, estimated) as u(g, e) where u.g is not null and u.e)::int as estimated,
       cardinality(g_per_kwh) as hours_in_month,
       revision = max(revision) over (partition by basis, month) as is_current
     from grid_intensity
     where owner_id = $1 and zone = $2 and basis <> 'marginal'
     order by month desc, basis, revision desc`,
    [asked.orgId, asked.zone],
  )
  return rows.map((row) => ({
    basis: row.basis,
    month: row.month,
    revision: row.revision,
    source: row.source,
    retrievedAt: row.retrieved_at.toISOString(),
    hours: row.hours,
    estimated: row.estimated,
    hoursInMonth: row.hours_in_month,
    isCurrent: row.is_current,
  }))
}

export interface OwnHours {
  zone: string
  basis: Basis
  revision: number
  firstMonth: string
  lastMonth: string
  /** End of the last known hour, and of the last measured one. */
  knownUntil: string | null
  measuredUntil: string | null
}

/** How far the organisation's own hours of each zone reach. */
export const ownHours = async (tx: pg.PoolClient, asked: { orgId: string }): Promise<OwnHours[]> => {
  const { rows } = await tx.query<{
    zone: string
    basis: Basis
    revision: number
    first_month: string
    last_month: string
    known: number | null
    measured: number | null
  }>(
    `/* zone.own_hours */
     with current as (
       select distinct on (zone, basis, month) zone, basis, month, g_per_kwh, estimated
       from grid_intensity
       where owner_id = $1 and basis <> 'marginal'
       order by zone, basis, month, revision desc
     ),
     span as (
       select zone, basis, max(revision) as revision, min(month) as first_month, max(month) as last_month
       from grid_intensity
       where owner_id = $1 and basis <> 'marginal'
       group by zone, basis
     )
     select s.zone, s.basis, s.revision, to_char(s.first_month, 'YYYY-MM') as first_month, to_char(s.last_month, 'YYYY-MM') as last_month,
       (select extract(epoch from c.month::timestamp)::float8 + u.place * 3600
        from current c cross join lateral unnest(c.g_per_kwh) with ordinality as u(g, place)
        where c.zone = s.zone and c.basis = s.basis and u.g is not null
        order by c.month desc, u.place desc limit 1) as known,
       (select extract(epoch from c.month::timestamp)::float8 + u.place * 3600
        from current c cross join lateral unnest(c.g_per_kwh, c.estimated) with ordinality as u(g, e, place)
        where c.zone = s.zone and c.basis = s.basis and u.g is not null and not u.e
        order by c.month desc, u.place desc limit 1) as measured
     from span s
     order by s.zone, s.basis`,
    [asked.orgId],
  )
  const until = (seconds: number | null) => (seconds === null ? null : isoInstant(seconds * 1000))
  return rows.map((row) => ({
    zone: row.zone,
    basis: row.basis,
    revision: row.revision,
    firstMonth: row.first_month,
    lastMonth: row.last_month,
    knownUntil: until(row.known),
    measuredUntil: until(row.measured),
  }))
}

/** The calendar years that own hours lie in, newest first. */
export const yearsOf = (own: OwnHours[]): string[] => {
  const years = new Set<string>()
  for (const { firstMonth, lastMonth } of own) {
    for (let year = Number(firstMonth.slice(0, 4)); year <= Number(lastMonth.slice(0, 4)); year += 1)
      years.add(String(year))
  }
  return [...years].sort().reverse()
}

/** Whether data that ends at this instant says nothing of the last twelve months. */
export const isOlderThanAYear = (knownUntil: string | null, now: number): boolean =>
  knownUntil !== null && monthName(Date.parse(knownUntil)) < monthName(now - 365 * 86_400_000)
