import { hardwareKey } from '@/lib/accounting/embodied-hours'
import type { Attribution, DayFacts, Deployment, ZoneTerms } from '@/lib/accounting/facts'
import type { Tx } from '@/lib/db/with-org-sql'
import { invariant } from '@/lib/errors'
import { organizationTables } from '@/lib/factors/organization-tables'
import { loadZoneFacts } from '@/lib/factors/zone-facts'
import { fallbackPue, type ReferenceTables } from '@/lib/grid/zone-of'
import { dayName } from '@/lib/units/time'
import { loadAssets } from './load-assets'
import { loadReadings } from './load-readings'
import { loadSites } from './load-sites'
import { termFactorsOf } from './term-factors'

interface AttributionFacts {
  attribution_id: string
  workload_id: string | null
  site_id: string | null
  zone: string | null
  cloud_region: string | null
  deployment: Deployment
  declared_pue: number | null
  declared_g_per_kwh: number | null
  hardware: string | null
  hardware_count: number | null
}

/** Everything that one organisation's UTC day is accounted from, fetched: the core asks nothing itself. */
export const loadDay = async (tx: Tx, orgId: string, day: number, shared: ReferenceTables): Promise<DayFacts> => {
  const tables = await organizationTables(tx, orgId, shared)
  const { series, attributionIds } = await loadReadings(tx, orgId, day)
  return { ...(await loadConstants(tx, orgId, day, { attributionIds, tables })), series }
}

/** All of it but the readings: what energies are multiplied by. */
export const loadConstants = async (
  tx: Tx,
  orgId: string,
  day: number,
  { attributionIds, tables }: { attributionIds: string[]; tables: ReferenceTables },
): Promise<DayFacts> => {
  const attributions = await loadAttributions(tx, orgId, attributionIds, tables)
  const sites = await loadSites(tx, orgId, day, tables)
  const zones = [
    ...new Set([...attributions, ...sites].map(({ zone }) => zone).filter((zone): zone is string => zone !== null)),
  ].sort()
  return {
    day,
    series: [],
    attributions,
    sites,
    zones: await loadZoneFacts(tx, { orgId, day: dayName(day), zones, tables }),
    zoneTerms: zoneTermsOf(tables, zones, day),
    assets: await loadAssets(tx, orgId, dayName(day)),
  }
}

/** Residual mix, losses, upstream and water of zones, from the process's reference tables. */
export const zoneTermsOf = (tables: ReferenceTables, zones: string[], day: number): ZoneTerms[] => {
  const year = Number(dayName(day).slice(0, 4))
  return zones.map((zone) => termFactorsOf(tables).zoneTermsOf(zone, year))
}

export const loadAttributions = async (
  tx: Tx,
  orgId: string,
  attributionIds: string[],
  tables: ReferenceTables,
): Promise<Attribution[]> => {
  const { rows } = await tx.query<AttributionFacts>(
    `select attribution_id, coalesce(run_id, service_id) as workload_id, site_id, zone, cloud_region, deployment,
       declared_pue, declared_g_per_kwh, hardware, hardware_count
     from attribution where org_id = $1 and attribution_id = any($2)`,
    [orgId, attributionIds],
  )
  const library = termFactorsOf(tables)
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
      hardware: row.hardware === null ? null : hardwareKey(row.hardware),
      hardwareCount: row.hardware_count,
      fallbackWue: library.wueOf({ cloudRegion: row.cloud_region, deployment: row.deployment }),
      fallbackEmbodied: library.embodiedOf(row.hardware),
    }
  })
}
