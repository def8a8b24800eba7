import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const monthRow = z.object({
  month: z.string(),
  /** By the site's hourly meters, over the hours in which both are known. */
  paired_it_uwh: exactIntegerOrNull,
  paired_facility_uwh: exactIntegerOrNull,
  cue_mg: exactIntegerOrNull,
  cue_it_uwh: exactIntegerOrNull,
  paired_hours: count,
  /** As booked, of everything accounted to the site. */
  it_uwh: exactIntegerOrNull,
  facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
  screening_mg: exactIntegerOrNull,
  /** Monthly measurements, the newest revision of each. */
  water_l: z.number().nullable(),
  facility_kwh: z.number().nullable(),
  it_kwh: z.number().nullable(),
  renewable_kwh: z.number().nullable(),
  reused_kwh: z.number().nullable(),
})
export type SiteRatioMonth = z.output<typeof monthRow>

/** What the ratios of a site are made of, one row a month that holds anything, oldest first. Whole months from `from`’s to the one before `to`. */
export const siteRatioMonths = (
  tx: OrgTx,
  { siteId, from, to }: { siteId: string; from: string; to: string },
): Promise<SiteRatioMonth[]> =>
  query(tx, {
    name: 'site.ratio_months',
    row: monthRow,
    sql: Prisma.sql`
      with span as (
        select date_trunc('month', ${from}::date)::date as from_day,
          (date_trunc('month', ${to}::date - 1) + interval '1 month')::date as to_day
      ), metered as (
        select to_char(day, 'YYYY-MM') as month, sum(it_uwh) as paired_it_uwh, sum(facility_uwh) as paired_facility_uwh,
          sum(cue_mg) as cue_mg, sum(cue_it_uwh) as cue_it_uwh, sum(paired_hours) as paired_hours
        from facility_day, span
        where org_id = app_org() and site_id = ${siteId}::uuid and day >= from_day and day < to_day
        group by 1
      ), booked as (
        select to_char(day, 'YYYY-MM') as month, sum(it_uwh) as it_uwh, sum(facility_uwh) as facility_uwh,
          sum(location_mg) as location_mg, sum(screening_mg) as screening_mg
        from emission_day, span
        where org_id = app_org() and site_id = ${siteId}::uuid and day >= from_day and day < to_day
        group by 1
      ), told as (
        select distinct on (site_measurement.month, quantity) to_char(site_measurement.month, 'YYYY-MM') as month, quantity, value
        from site_measurement, span
        where org_id = app_org() and site_id = ${siteId}::uuid and site_measurement.month >= from_day
          and site_measurement.month < to_day
        order by site_measurement.month, quantity, revision desc
      ), measured as (
        select month, max(value) filter (where quantity = 'water_l') as water_l,
          max(value) filter (where quantity = 'facility_kwh') as facility_kwh,
          max(value) filter (where quantity = 'it_kwh') as it_kwh,
          max(value) filter (where quantity = 'renewable_kwh') as renewable_kwh,
          max(value) filter (where quantity = 'reused_kwh') as reused_kwh
        from told group by 1
      )
      select month, m.paired_it_uwh, m.paired_facility_uwh, m.cue_mg, m.cue_it_uwh, coalesce(m.paired_hours, 0) as paired_hours,
        b.it_uwh, b.facility_uwh, b.location_mg, b.screening_mg,
        t.water_l, t.facility_kwh, t.it_kwh, t.renewable_kwh, t.reused_kwh
      from metered m
      full join booked b using (month)
      full join measured t using (month)
      order by month`,
  })
