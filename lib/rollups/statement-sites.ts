import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const siteRow = z.object({
  slug: z.string(),
  name: z.string(),
  zone: z.string().nullable(),
  it_uwh: exactIntegerOrNull,
  facility_uwh: exactIntegerOrNull,
  cue_mg: exactIntegerOrNull,
  cue_it_uwh: exactIntegerOrNull,
  from_workloads: z.boolean(),
  days: count,
  paired_hours: count,
  facility_hours: count,
  provisional: z.boolean(),
})
export type StatementSiteRow = z.infer<typeof siteRow>

/** Sites with a facility meter in the UTC days [from, to): the sums that PUE and CUE are quotients of. From facility_day. */
export const statementSites = (tx: OrgTx, { from, to }: { from: string; to: string }): Promise<StatementSiteRow[]> =>
  query(tx, {
    name: 'statement.sites',
    row: siteRow,
    sql: Prisma.sql`
      select p.slug, p.name, max(f.zone) as zone, sum(f.it_uwh) as it_uwh, sum(f.facility_uwh) as facility_uwh,
        sum(f.cue_mg) as cue_mg, sum(f.cue_it_uwh) as cue_it_uwh, bool_or(f.it_basis = 'workloads') as from_workloads,
        count(*) as days, sum(f.paired_hours) as paired_hours, sum(f.facility_hours) as facility_hours,
        bool_or(f.provisional) as provisional
      from facility_day f
      join site p on p.org_id = f.org_id and p.site_id = f.site_id
      where f.org_id = app_org() and f.day >= ${from}::date and f.day < ${to}::date
      group by p.slug, p.name
      order by p.slug`,
  })
