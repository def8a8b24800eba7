import { z } from 'zod'
import { type DeploymentName, deploymentSchema } from '@/lib/contracts/common'
import { query } from '@/lib/db/query'
import { count, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { fallbackPue } from '@/lib/factors/fallback-pue'
import { tablesOfOrganization } from '@/lib/factors/organization-tables'
import type { ReferenceTables } from '@/lib/factors/reference-tables'
import { Prisma } from '@/lib/generated/prisma/client'
import { cueOfSums, pueOfSums } from './site-ratios'

const siteRow = z.object({
  org_id: z.string(),
  site_id: z.string(),
  slug: z.string(),
  name: z.string(),
  zone: z.string().nullable(),
  deployment: deploymentSchema.nullable(),
  cloud_region: z.string().nullable(),
  declared_pue: z.number().nullable(),
  declared_pue_source: z.string().nullable(),
  paired_it_uwh: exactIntegerOrNull,
  paired_facility_uwh: exactIntegerOrNull,
  cue_mg: exactIntegerOrNull,
  cue_it_uwh: exactIntegerOrNull,
  paired_hours: count,
  it_from_workloads: z.boolean(),
  it_uwh: exactIntegerOrNull,
  facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
  screening_mg: exactIntegerOrNull,
  unallocated_it_uwh: exactIntegerOrNull,
  provisional: z.boolean(),
  facility_meters: count,
})
type SiteRow = Omit<z.output<typeof siteRow>, 'org_id'>

/** The overhead of a site in a window: its own meters where they speak, else what is declared, else what is published or usual. */
export interface SiteOverhead {
  basis: 'metered' | 'declared' | 'fallback'
  pue: number | null
  tier: 1 | 2 | 3 | 4 | 5
  source: string
}

export interface SiteSummary extends SiteRow {
  deployment: DeploymentName | null
  overhead: SiteOverhead
  cue: number | null
}

/**
 * Sites with their sums over whole UTC days [from, to). Energies and emissions are the ledger's, of everything accounted to the site;
 * PUE and CUE come from the site's meters, over the hours in which both sides are known.
 */
export const siteSummaries = async (
  tx: OrgTx,
  { from, to }: { from: string; to: string },
  slug?: string,
): Promise<SiteSummary[]> => {
  const rows = await query(tx, {
    name: 'sites.summaries',
    row: siteRow,
    sql: Prisma.sql`
      select s.org_id::text, s.site_id::text, s.slug, s.name, s.zone, s.deployment, s.cloud_region, s.declared_pue, s.declared_pue_source,
        f.it_uwh as paired_it_uwh, f.facility_uwh as paired_facility_uwh, f.cue_mg, f.cue_it_uwh,
        coalesce(f.paired_hours, 0) as paired_hours, coalesce(f.it_from_workloads, false) as it_from_workloads,
        c.it_uwh, c.facility_uwh, c.location_mg, c.screening_mg, u.unallocated_it_uwh,
        coalesce(f.provisional, false) or coalesce(c.provisional, false) as provisional,
        (select count(*) from series m where m.org_id = s.org_id and m.site_id = s.site_id and m.boundary = 'facility'
          and m.workload_id is null) as facility_meters
      from site s
      left join (
        select site_id, sum(it_uwh) as it_uwh, sum(facility_uwh) as facility_uwh, sum(cue_mg) as cue_mg,
          sum(cue_it_uwh) as cue_it_uwh, sum(paired_hours) as paired_hours, bool_or(provisional) as provisional,
          bool_or(it_basis = 'workloads') as it_from_workloads
        from facility_day
        where org_id = app_org() and day >= ${from}::date and day < ${to}::date
        group by site_id
      ) f on f.site_id = s.site_id
      left join (
        select site_id, sum(it_uwh) as it_uwh, sum(facility_uwh) as facility_uwh, sum(location_mg) as location_mg,
          sum(screening_mg) as screening_mg, bool_or(provisional) as provisional
        from emission_day
        where org_id = app_org() and site_id is not null and day >= ${from}::date and day < ${to}::date
        group by site_id
      ) c on c.site_id = s.site_id
      left join (
        select a.site_id, sum(e.total_it_uwh) as unallocated_it_uwh
        from attribution a
        join entry e on e.org_id = a.org_id and e.attribution_id = a.attribution_id
        where a.org_id = app_org() and a.site_id is not null and a.run_id is null and a.service_id is null
          and e.is_current and e.unallocated and e.day >= ${from}::date and e.day < ${to}::date
        group by a.site_id
      ) u on u.site_id = s.site_id
      where s.org_id = app_org() ${slug === undefined ? Prisma.empty : Prisma.sql`and s.slug = ${slug}`}
      order by c.location_mg desc nulls last, s.name`,
  })
  const [first] = rows
  if (!first) return []
  const tables = await tablesOfOrganization(first.org_id)
  return rows.map(({ org_id: _, ...row }) => ({
    ...row,
    overhead: overheadOf(row, tables),
    cue: cueOfSums(row.cue_mg, row.cue_it_uwh),
  }))
}

const overheadOf = (row: SiteRow, tables: ReferenceTables): SiteOverhead => {
  const metered = pueOfSums(row.paired_facility_uwh, row.paired_it_uwh)
  if (metered !== null) {
    return {
      basis: 'metered',
      pue: metered,
      tier: 1,
      source: row.it_from_workloads ? 'facility meter over the workloads’ energy' : 'facility meter over IT meter',
    }
  }
  if (row.declared_pue !== null) {
    return { basis: 'declared', pue: row.declared_pue, tier: 2, source: row.declared_pue_source ?? 'source not said' }
  }
  const fallback = fallbackPue(tables, { cloudRegion: row.cloud_region, deployment: row.deployment ?? 'owned' })
  return { basis: 'fallback', pue: fallback.pue, tier: fallback.tier, source: fallback.factor.name }
}
