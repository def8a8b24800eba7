import { type Component, type EnergyMethod, PLAIN_PREFERENCE } from '@/lib/accounting/facts'
import { contentId } from '@/lib/db/ids'
import type { Tx } from '@/lib/db/with-org-sql'

export interface SeriesIdentity {
  sourceId: string
  siteId: string | null
  /** Run or service that a site-less meter belongs to. */
  workloadId: string | null
  meter: string
  kind: 'power' | 'counter' | 'delta'
  unit: string
  boundary: 'it' | 'facility'
  /** How its energy is known; a model's series never stands beside a meter's. */
  method: EnergyMethod
  /** What is told of the meter and is no part of its id: as its first reading has it. */
  device?: string | null | undefined
  component?: Component | null | undefined
  preference?: number | undefined
}

export const seriesIdOf = (orgId: string, series: SeriesIdentity): string =>
  contentId('series', [
    orgId,
    series.sourceId,
    series.siteId,
    series.workloadId,
    series.meter,
    series.kind,
    series.unit,
    series.boundary,
    // A meter's id is as it was before there were models.
    ...(series.method === 'metered' ? [] : [series.method]),
  ])

/** Numbers of an organisation are given one after the other: whoever makes rows waits for whoever else does. */
export const claimNumbers = async (tx: Tx, orgId: string, of: 'series' | 'attribution'): Promise<void> => {
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1 || ' numbers of ' || $2, 5))", [orgId, of])
}

const numbersOf = async (tx: Tx, orgId: string, ids: string[]): Promise<Map<string, number | null>> => {
  const { rows } = await tx.query<{ series_id: string; number: number | null }>(
    '/* ledger.series_numbers */ select series_id, number from series where org_id = $1 and series_id = any($2)',
    [orgId, ids],
  )
  return new Map(rows.map((row) => [row.series_id, row.number]))
}

/**
 * Makes sure that the series exist. Ids are of their content, so writing one twice changes nothing. Returns the number of each, by which
 * batches name it; null for one that an earlier version wrote without.
 */
export const writeSeries = async (
  tx: Tx,
  orgId: string,
  series: Map<string, SeriesIdentity>,
): Promise<Map<string, number | null>> => {
  const known = await numbersOf(tx, orgId, [...series.keys()])
  const list = [...series].filter(([id]) => !known.has(id)).sort(([a], [b]) => (a < b ? -1 : 1))
  if (list.length === 0) return known
  await claimNumbers(tx, orgId, 'series')
  await tx.query(
    `insert into series (org_id, series_id, number, source_id, site_id, workload_id, meter, kind, unit, boundary, method, device,
       component, preference)
     select $1, series_id, (select coalesce(max(s.number), 0) from series s where s.org_id = $1) + row_number() over (order by place),
       source_id, site_id, workload_id, meter, kind, unit, boundary, method, device, component, preference
     from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
       $11::text[], $12::text[], $13::smallint[], $14::int[])
       as told(series_id, source_id, site_id, workload_id, meter, kind, unit, boundary, method, device, component, preference, place)
     where not exists (select 1 from series s where s.org_id = $1 and s.series_id = told.series_id)
     on conflict do nothing`,
    [
      orgId,
      list.map(([id]) => id),
      list.map(([, one]) => one.sourceId),
      list.map(([, one]) => one.siteId),
      list.map(([, one]) => one.workloadId),
      list.map(([, one]) => one.meter),
      list.map(([, one]) => one.kind),
      list.map(([, one]) => one.unit),
      list.map(([, one]) => one.boundary),
      list.map(([, one]) => one.method),
      list.map(([, one]) => one.device ?? null),
      list.map(([, one]) => one.component ?? null),
      list.map(([, one]) => one.preference ?? PLAIN_PREFERENCE),
      // Meters of one machine stand together, whatever their digests.
      byMeter(list),
    ],
  )
  return new Map([
    ...known,
    ...(await numbersOf(
      tx,
      orgId,
      list.map(([id]) => id),
    )),
  ])
}

const byMeter = (list: [string, SeriesIdentity][]): number[] => {
  const order = list.map((_, index) => index)
  order.sort((a, b) => {
    const [left, right] = [list[a]?.[1].meter ?? '', list[b]?.[1].meter ?? '']
    return left < right ? -1 : left > right ? 1 : a - b
  })
  const places: number[] = []
  order.forEach((index, place) => {
    places[index] = place
  })
  return places
}
