import type { CloudProvider } from '@/lib/contracts/cloud-footprints'
import type { Tx } from '@/lib/db/with-org-sql'

/** What the books hold of cloud workloads, by site and month: what a provider's figure is held against. */
export interface SiteMonth {
  /** Null: cloud workloads whose sender names no site. */
  siteId: string | null
  month: string
  /** UTC days with energy. */
  days: number
  locationMg: bigint | null
  marketMg: bigint | null
  /** Upstream of the electricity and its losses in the grid. */
  upstreamMg: bigint | null
  embodiedMg: bigint | null
}

type Amounts = Record<
  'location_mg' | 'market_mg' | 'loss_mg' | 'upstream_mg' | 'embodied_mg' | 'effect_mg',
  string | null
>

const exact = (text: string | null): bigint | null => (text === null ? null : BigInt(text))
const plus = (a: bigint | null, b: bigint | null): bigint | null => (a === null || b === null ? null : a + b)

/** Market-based figures are after instruments. A figure is null where no hour of it is known. */
export const cloudSiteMonths = async (
  tx: Tx,
  orgId: string,
  { from, to }: { from: string; to: string },
): Promise<SiteMonth[]> => {
  const { rows } = await tx.query<Amounts & { site_id: string | null; month: string; days: number }>(
    `/* cloud.site_months */
     with effect as (
       select l.month, a.site_id, sum(l.effect_mg) as effect_mg
       from allocation_line l
       join attribution a on a.org_id = l.org_id and a.attribution_id = l.attribution_id
       where l.org_id = $1 and l.month >= $2::date and l.month < $3::date and a.deployment = 'cloud'
       group by 1, 2
     )
     select b.*, e.effect_mg::text
     from (
       select site_id, to_char(day, 'YYYY-MM') as month, count(distinct day)::int as days, sum(location_mg)::text as location_mg,
         sum(market_mg)::text as market_mg, sum(loss_mg)::text as loss_mg, sum(upstream_mg)::text as upstream_mg,
         sum(embodied_mg)::text as embodied_mg
       from emission_day
       where org_id = $1 and day >= $2::date and day < $3::date and deployment = 'cloud'
         and (it_uwh is not null or facility_uwh is not null)
       group by 1, 2
     ) b
     left join effect e on e.site_id is not distinct from b.site_id and to_char(e.month, 'YYYY-MM') = b.month
     order by b.month, b.site_id`,
    [orgId, from, to],
  )
  return rows.map((row) => ({
    siteId: row.site_id,
    month: row.month,
    days: row.days,
    locationMg: exact(row.location_mg),
    marketMg: row.effect_mg === null ? exact(row.market_mg) : plus(exact(row.market_mg), exact(row.effect_mg)),
    upstreamMg: plus(exact(row.upstream_mg), exact(row.loss_mg)),
    embodiedMg: exact(row.embodied_mg),
  }))
}

export interface CloudSite {
  siteId: string
  slug: string
  name: string
  /** By its regions; empty where nobody said one. */
  providers: CloudProvider[]
}

/** Every site, and whose regions its workloads name. */
export const sitesWithProviders = async (tx: Tx, orgId: string): Promise<CloudSite[]> => {
  const { rows } = await tx.query<{ site_id: string; slug: string; name: string; providers: CloudProvider[] }>(
    `/* cloud.sites */
     select s.site_id, s.slug, s.name, array(
       select distinct split_part(r.region, ':', 1) from (
         select s.cloud_region as region
         union all select a.cloud_region from attribution a where a.org_id = s.org_id and a.site_id = s.site_id
       ) r where split_part(r.region, ':', 1) in ('aws', 'gcp', 'azure') order by 1
     ) as providers
     from site s where s.org_id = $1 order by s.name`,
    [orgId],
  )
  return rows.map((row) => ({ siteId: row.site_id, slug: row.slug, name: row.name, providers: row.providers }))
}

/** Providers that cloud workloads without a site name; null where one names no region. */
export const providersWithoutSite = async (tx: Tx, orgId: string): Promise<(string | null)[]> => {
  const { rows } = await tx.query<{ provider: string | null }>(
    `/* cloud.without_site */
     select distinct nullif(split_part(cloud_region, ':', 1), '') as provider
     from attribution where org_id = $1 and site_id is null and deployment = 'cloud'`,
    [orgId],
  )
  return rows.map(({ provider }) => provider)
}

/**
 * Whether any reading bears on the month at these sites, posted or not yet: from the evidence itself, because a day that waits for its posting
 * stands in no cube.
 */
export const hasReadingsAt = async (
  tx: Tx,
  orgId: string,
  { siteIds, month }: { siteIds: string[]; month: string },
): Promise<boolean> => {
  if (siteIds.length === 0) return false
  const { rows } = await tx.query<{ found: boolean }>(
    `/* cloud.has_readings */
     select exists (
       select 1 from series s
       join series_day d on d.org_id = s.org_id and d.series_id = s.series_id
       where s.org_id = $1 and d.day >= ($2 || '-01')::date and d.day < (($2 || '-01')::date + interval '1 month')
         and (s.site_id = any($3::uuid[]) or s.workload_id in (
           select coalesce(a.run_id, a.service_id) from attribution a where a.org_id = $1 and a.site_id = any($3::uuid[])))
     ) as found`,
    [orgId, month, siteIds],
  )
  return rows[0]?.found ?? false
}
