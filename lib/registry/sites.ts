import { newId } from '@/lib/db/ids'
import type { Tx } from '@/lib/db/with-org-sql'

export interface SiteRow {
  siteId: string
  slug: string
  zone: string | null
  deployment: string | null
  cloudRegion: string | null
}

/** `Frankfurt 2` → `frankfurt-2`: the address of a site, and what senders' spellings are compared by. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63) || 'site'

/** Sites by the names that a sender uses; a new one starts with what the sender said of it. */
export const sitesOfNames = async (
  tx: Tx,
  orgId: string,
  said: Map<string, { zone: string | null; deployment: string | null; cloudRegion: string | null }>,
): Promise<Map<string, SiteRow>> => {
  if (said.size === 0) return new Map()
  const ordered = [...said].sort(([a], [b]) => (a < b ? -1 : 1))
  await tx.query(
    `insert into site (org_id, site_id, slug, name, zone, deployment, cloud_region)
     select $1, * from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
     on conflict (org_id, slug) do nothing`,
    [
      orgId,
      ordered.map(() => newId()),
      ordered.map(([name]) => slugOf(name)),
      ordered.map(([name]) => name),
      ordered.map(([, site]) => site.zone),
      ordered.map(([, site]) => site.deployment),
      ordered.map(([, site]) => site.cloudRegion),
    ],
  )
  const { rows } = await tx.query<{
    site_id: string
    slug: string
    zone: string | null
    deployment: string | null
    cloud_region: string | null
  }>('select site_id, slug, zone, deployment, cloud_region from site where org_id = $1 and slug = any($2)', [
    orgId,
    ordered.map(([name]) => slugOf(name)),
  ])
  const bySlug = new Map(
    rows.map((row): [string, SiteRow] => [
      row.slug,
      {
        siteId: row.site_id,
        slug: row.slug,
        zone: row.zone,
        deployment: row.deployment,
        cloudRegion: row.cloud_region,
      },
    ]),
  )
  return new Map(
    ordered.flatMap(([name]) => {
      const site = bySlug.get(slugOf(name))
      return site ? [[name, site] as const] : []
    }),
  )
}
