import type { Attribution, DayFacts, Deployment, SiteFacts } from '@/lib/accounting/facts'
import type { Tx } from '@/lib/db/with-org-sql'
import { invariant } from '@/lib/errors'
import { loadZoneFacts } from '@/lib/factors/zone-facts'
import { fallbackPue, type ReferenceTables } from '@/lib/grid/zone-of'
import { dayName } from '@/lib/units/time'
import { loadReadings } from './load-readings'

interface AttributionFacts {
  attribution_id: string
  workload_id: string | null
  site_id: string | null
  zone: string | null
  cloud_region: string | null
  deployment: Deployment
  declared_pue: number | null
  declared_g_per_kwh: number | null
}

/** Everything that one organisation's UTC day is accounted from, fetched: the core asks nothing itself. */
export const loadDay = async (tx: Tx, orgId: string, day: number, tables: ReferenceTables): Promise<DayFacts> => {
  const { series, attributionIds } = await loadReadings(tx, orgId, day)
  const attributions = await loadAttributions(tx, orgId, attributionIds, tables)
  const sites = await loadSites(tx, orgId)
  const zones = [
    ...new Set([...attributions, ...sites].map(({ zone }) => zone).filter((zone): zone is string => zone !== null)),
  ].sort()
  return {
    day,
    series,
    attributions,
    sites,
    zones: await loadZoneFacts(tx, { orgId, day: dayName(day), zones }),
  }
}

export const loadAttributions = async (
  tx: Tx,
  orgId: string,
  attributionIds: string[],
  tables: ReferenceTables,
): Promise<Attribution[]> => {
  const { rows } = await tx.query<AttributionFacts>(
    `select attribution_id, coalesce(run_id, service_id) as workload_id, site_id, zone, cloud_region, deployment,
       declared_pue, declared_g_per_kwh
     from attribution where org_id = $1 and attribution_id = any($2)`,
    [orgId, attributionIds],
  )
  const byId = new Map(rows.map((row) => [row.attribution_id, row]))
  return attributionIds.map((attributionId) => {
    const row = byId.get(attributionId)
    invariant(row, `attribution ${attributionId} of a stored batch exists`)
    return {
      attributionId,
      workloadId: row.workload_id,
      siteId: row.site_id,
      zone: row.zone,
      deployment: row.deployment,
      declaredPue: row.declared_pue,
      fallbackPue: fallbackPue(tables, { cloudRegion: row.cloud_region, deployment: row.deployment }),
      declaredGPerKwh: row.declared_g_per_kwh,
    }
  })
}

export const loadSites = async (tx: Tx, orgId: string): Promise<SiteFacts[]> => {
  const { rows } = await tx.query<{
    site_id: string
    zone: string | null
    deployment: Deployment | null
    declared_pue: number | null
    declared_pue_source: string | null
  }>(
    'select site_id, zone, deployment, declared_pue, declared_pue_source from site where org_id = $1 order by site_id',
    [orgId],
  )
  return rows.map((row) => ({
    siteId: row.site_id,
    zone: row.zone,
    deployment: row.deployment,
    declaredPue:
      row.declared_pue === null ? null : { pue: row.declared_pue, source: row.declared_pue_source ?? 'declared' },
  }))
}
