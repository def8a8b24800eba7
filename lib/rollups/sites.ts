import { z } from 'zod'
import { wueOf } from '@/lib/accounting/ratios/wue'
import { type DeploymentName, deploymentSchema } from '@/lib/contracts/common'
import { query } from '@/lib/db/query'
import { count, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { fallbackPue } from '@/lib/factors/fallback-pue'
import { tablesOfOrganization } from '@/lib/factors/organization-tables'
import type { ReferenceTables } from '@/lib/factors/reference-tables'
import { wueOf as publishedWue } from '@/lib/factors/wue-of'
import { Prisma } from '@/lib/generated/prisma/client'
import { kilowattHours, litres, value } from '@/lib/units/quantity'
import type { SiteRatio, StandingRatios } from './site-ratio-series'
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
  operator: z.string().nullable(),
  pue_category: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullable(),
  declared_wue: z.number().nullable(),
  declared_wue_source: z.string().nullable(),
  /** Of the window's months of which water and IT energy are known. */
  water_l: z.number().nullable(),
  water_it_kwh: z.number().nullable(),
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
  wue: SiteRatio | null
  /** What stands in where nothing is measured. */
  standing: StandingRatios
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
        s.operator, s.pue_category, s.declared_wue, s.declared_wue_source, w.water_l, w.water_it_kwh,
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
      left join (
        with told as (
          select distinct on (site_id, month, quantity) site_id, month, quantity, value
          from site_measurement
          where org_id = app_org() and quantity in ('water_l', 'it_kwh') and month >= date_trunc('month', ${from}::date)
            and month < ${to}::date
          order by site_id, month, quantity, revision desc
        ), booked as (
          select site_id, date_trunc('month', day)::date as month, sum(it_uwh) / 1e9 as it_kwh
          from emission_day
          where org_id = app_org() and site_id is not null and day >= date_trunc('month', ${from}::date)
            and day < date_trunc('month', ${to}::date - 1) + interval '1 month'
          group by 1, 2
        )
        select t.site_id, sum(t.value) as water_l, sum(coalesce(i.value, b.it_kwh))::float8 as water_it_kwh
        from told t
        left join told i on i.site_id = t.site_id and i.month = t.month and i.quantity = 'it_kwh'
        left join booked b on b.site_id = t.site_id and b.month = t.month
        where t.quantity = 'water_l' and coalesce(i.value, b.it_kwh) > 0
        group by t.site_id
      ) w on w.site_id = s.site_id
      where s.org_id = app_org() ${slug === undefined ? Prisma.empty : Prisma.sql`and s.slug = ${slug}`}
      order by c.location_mg desc nulls last, s.name`,
  })
  const [first] = rows
  if (!first) return []
  const tables = await tablesOfOrganization(first.org_id)
  return rows.map(({ org_id: _, ...row }) => {
    const standing = standingOf(row, tables)
    return {
      ...row,
      overhead: overheadOf(row, tables),
      cue: cueOfSums(row.cue_mg, row.cue_it_uwh),
      wue: measuredWue(row) ?? (standing.wue ? { ...standing.wue, months: 0 } : null),
      standing,
    }
  })
}

type PlainRow = Omit<SiteRow, 'org_id'>

const measuredWue = ({ water_l, water_it_kwh }: PlainRow): SiteRatio | null => {
  if (water_l === null || water_it_kwh === null) return null
  const found = wueOf(litres(water_l), kilowattHours(water_it_kwh))
  return found && { value: value(found), basis: 'monthly', tier: 1, source: 'monthly measurements', months: 1 }
}

const BY_TIER = { 1: 'declared', 2: 'declared', 3: 'regional', 4: 'fleet', 5: 'average' } as const

/** What is declared of a site, else published of its region, its provider or the industry. */
const standingOf = (row: PlainRow, tables: ReferenceTables): StandingRatios => {
  const place = { cloudRegion: row.cloud_region, deployment: row.deployment ?? ('owned' as const) }
  const { pue, tier, factor } = fallbackPue(tables, place)
  const water = publishedWue(tables, place)
  return {
    pue:
      row.declared_pue === null
        ? { value: pue, basis: BY_TIER[tier], tier, source: factor.name }
        : { value: row.declared_pue, basis: 'declared', tier: 2, source: row.declared_pue_source ?? 'source not said' },
    wue:
      row.declared_wue === null
        ? water && { value: water.value, basis: BY_TIER[water.tier], tier: water.tier, source: water.factor.name }
        : { value: row.declared_wue, basis: 'declared', tier: 2, source: row.declared_wue_source ?? 'source not said' },
  }
}

const overheadOf = (row: PlainRow, tables: ReferenceTables): SiteOverhead => {
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
