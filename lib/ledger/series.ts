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
  device?: string | undefined
  component?: Component | undefined
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

/** Makes sure that the series exist. Ids are of their content, so writing one twice changes nothing. */
export const writeSeries = async (tx: Tx, orgId: string, series: Map<string, SeriesIdentity>): Promise<void> => {
  const list = [...series].sort(([a], [b]) => (a < b ? -1 : 1))
  await tx.query(
    `insert into series (org_id, series_id, source_id, site_id, workload_id, meter, kind, unit, boundary, method, device,
       component, preference)
     select $1, * from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
       $11::text[], $12::text[], $13::smallint[])
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
    ],
  )
}
