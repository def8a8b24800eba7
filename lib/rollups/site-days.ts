import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, dayText, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

interface SiteWindow {
  siteId: string
  from: string
  to: string
}

const dayRow = z.object({
  day: dayText,
  it_uwh: exactIntegerOrNull,
  facility_uwh: exactIntegerOrNull,
  cue_mg: exactIntegerOrNull,
  cue_it_uwh: exactIntegerOrNull,
  paired_hours: count,
  provisional: z.boolean(),
})
export type SiteDay = z.output<typeof dayRow>

/** The site's metered days, over the hours in which both meters are known; a day without a facility reading has no row. */
export const siteDays = (tx: OrgTx, { siteId, from, to }: SiteWindow): Promise<SiteDay[]> =>
  query(tx, {
    name: 'site.days',
    row: dayRow,
    sql: Prisma.sql`
      select day, it_uwh, facility_uwh, cue_mg, cue_it_uwh, paired_hours, provisional
      from facility_day
      where org_id = app_org() and site_id = ${siteId}::uuid and day >= ${from}::date and day < ${to}::date
      order by day`,
  })

const monthRow = z.object({
  month: z.string(),
  it_uwh: exactIntegerOrNull,
  facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
  paired_it_uwh: exactIntegerOrNull,
  paired_facility_uwh: exactIntegerOrNull,
  cue_mg: exactIntegerOrNull,
  cue_it_uwh: exactIntegerOrNull,
  paired_hours: count,
  provisional: z.boolean(),
})
export type SiteMonth = z.output<typeof monthRow>

/** The window's months, newest first: the ledger's sums and the meters' sums of the same days. They add up to the window. */
export const siteMonths = (tx: OrgTx, { siteId, from, to }: SiteWindow): Promise<SiteMonth[]> =>
  query(tx, {
    name: 'site.months',
    row: monthRow,
    sql: Prisma.sql`
      with metered as (
        select to_char(day, 'YYYY-MM') as month, sum(it_uwh) as paired_it_uwh, sum(facility_uwh) as paired_facility_uwh,
          sum(cue_mg) as cue_mg, sum(cue_it_uwh) as cue_it_uwh, sum(paired_hours) as paired_hours, bool_or(provisional) as provisional
        from facility_day
        where org_id = app_org() and site_id = ${siteId}::uuid and day >= ${from}::date and day < ${to}::date
        group by 1
      ),
      booked as (
        select to_char(day, 'YYYY-MM') as month, sum(it_uwh) as it_uwh, sum(facility_uwh) as facility_uwh,
          sum(location_mg) as location_mg, bool_or(provisional) as provisional
        from emission_day
        where org_id = app_org() and site_id = ${siteId}::uuid and day >= ${from}::date and day < ${to}::date
        group by 1
      )
      select month, b.it_uwh, b.facility_uwh, b.location_mg, m.paired_it_uwh, m.paired_facility_uwh, m.cue_mg, m.cue_it_uwh,
        coalesce(m.paired_hours, 0) as paired_hours,
        coalesce(m.provisional, false) or coalesce(b.provisional, false) as provisional
      from metered m
      full join booked b using (month)
      order by month desc`,
  })
