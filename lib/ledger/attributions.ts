import { contentId } from '@/lib/db/ids'
import type { Tx } from '@/lib/db/with-org-sql'
import { claimNumbers } from './series'

/** How readings are attributed: the workload, and what the sender said of its place, kind and overhead. Never edited. */
export interface AttributionRow {
  runId: string | null
  serviceId: string | null
  teamId: string | null
  modelId: string | null
  stage: string | null
  siteId: string | null
  zone: string | null
  zoneSource: string | null
  cloudRegion: string | null
  deployment: string
  declaredPue: number | null
  declaredGPerKwh: number | null
  hardware: string | null
  hardwareCount: number | null
}

const parts = (row: AttributionRow) => [
  row.runId,
  row.serviceId,
  row.teamId,
  row.modelId,
  row.stage,
  row.siteId,
  row.zone,
  row.zoneSource,
  row.cloudRegion,
  row.deployment,
  row.declaredPue,
  row.declaredGPerKwh,
  row.hardware,
  row.hardwareCount,
]

export const attributionIdOf = (orgId: string, row: AttributionRow): string =>
  contentId('attribution', [orgId, ...parts(row)])

const numbersOf = async (tx: Tx, orgId: string, ids: string[]): Promise<Map<string, number | null>> => {
  const { rows } = await tx.query<{ attribution_id: string; number: number | null }>(
    '/* ledger.attribution_numbers */ select attribution_id, number from attribution where org_id = $1 and attribution_id = any($2)',
    [orgId, ids],
  )
  return new Map(rows.map((row) => [row.attribution_id, row.number]))
}

/** Makes sure that they exist. Returns the number of each, by which batches name it; null for one that an earlier version wrote without. */
export const writeAttributions = async (
  tx: Tx,
  orgId: string,
  rows: Map<string, AttributionRow>,
): Promise<Map<string, number | null>> => {
  const known = await numbersOf(tx, orgId, [...rows.keys()])
  const list = [...rows].filter(([id]) => !known.has(id)).sort(([a], [b]) => (a < b ? -1 : 1))
  if (list.length === 0) return known
  const column = (index: number) => list.map(([, row]) => parts(row)[index])
  await claimNumbers(tx, orgId, 'attribution')
  await tx.query(
    `insert into attribution (org_id, attribution_id, run_id, service_id, team_id, model_id, stage, site_id, zone, zone_source,
       cloud_region, deployment, declared_pue, declared_g_per_kwh, hardware, hardware_count, number)
     select $1, told.*, (select coalesce(max(a.number), 0) from attribution a where a.org_id = $1) + row_number() over ()
     from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::uuid[], $9::text[],
       $10::text[], $11::text[], $12::text[], $13::float8[], $14::float8[], $15::text[], $16::int[]) as told(attribution_id)
     where not exists (select 1 from attribution a where a.org_id = $1 and a.attribution_id = told.attribution_id)
     on conflict do nothing`,
    [orgId, list.map(([id]) => id), ...Array.from({ length: 14 }, (_, index) => column(index))],
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
