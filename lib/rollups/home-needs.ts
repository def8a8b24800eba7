import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, dayText, exactInteger } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { type CubeFilter, cubeConditions } from './cube-filter'

/** Facts that ask somebody to do something; an empty list each means that there is none. */
export interface NeedsFacts {
  gaps: { reason: string; hours: number; workloads: number; firstDay: string; lastDay: string }[]
  provisional: { days: number; firstDay: string; lastDay: string } | null
  screening: { mg: bigint; zones: string[] } | null
  rejected: { reason: string; readings: number }[]
  silent: { meter: string; place: string; lastDay: string }[]
}

const gapRow = z.object({ reason: z.string(), hours: count, workloads: count, first_day: dayText, last_day: dayText })

/** Hours of current entries without a figure, by reason; the cube tells which days hold any, so that only those are opened. */
const gapsOf = (tx: OrgTx, filter: CubeFilter) =>
  query(tx, {
    name: 'home.gaps',
    row: gapRow,
    sql: Prisma.sql`
      select u.gap as reason, count(*) as hours, count(distinct coalesce(c.run_id, c.service_id, c.attribution_id)) as workloads,
        min(e.day) as first_day, max(e.day) as last_day
      from entry e
      join attribution c on c.org_id = e.org_id and c.attribution_id = e.attribution_id
      cross join lateral unnest(e.gap) as u(gap)
      where e.org_id = app_org() and e.is_current and u.gap is not null and ${cubeConditions(filter)}
        and e.day in (
          select d.day from emission_day d
          where d.org_id = app_org() and d.gap_hours > 0 and d.day >= ${filter.from}::date and d.day < ${filter.to}::date
        )
      group by 1
      order by 2 desc, 1`,
  })

const daysRow = z.object({ days: count, first_day: dayText.nullable(), last_day: dayText.nullable() })
const screeningRow = z.object({ mg: exactInteger, zones: z.array(z.string()) })
const rejectedRow = z.object({ reason: z.string(), readings: count })
const silentRow = z.object({ meter: z.string(), place: z.string(), last_day: dayText })

/**
 * Meters that are expected to go on, a site's own and those of services, seen in the last 30 days and neither yesterday nor today.
 * A run's meter that stops is a run that ended.
 */
const silentMeters = (tx: OrgTx, today: string) =>
  query(tx, {
    name: 'home.silent_meters',
    row: silentRow,
    sql: Prisma.sql`
      with lasting as (
        select distinct u.series_id
        from entry e
        join attribution a on a.org_id = e.org_id and a.attribution_id = e.attribution_id
        cross join lateral unnest(e.series_ids) as u(series_id)
        where e.org_id = app_org() and e.is_current and e.day > ${today}::date - 31 and a.run_id is null
      )
      select s.meter, coalesce(p.name, v.name, 'no site') as place, max(d.day) as last_day
      from lasting l
      join series s on s.org_id = app_org() and s.series_id = l.series_id
      join series_day d on d.org_id = s.org_id and d.series_id = s.series_id and not d.spanned
      left join site p on p.org_id = s.org_id and p.site_id = s.site_id
      left join service v on v.org_id = s.org_id and v.service_id = s.workload_id
      where s.meter <> 'activity'
      group by s.series_id, s.meter, p.name, v.name
      having max(d.day) < ${today}::date - 1
      order by max(d.day) desc, s.meter`,
  })

/** What Home lists under "needs you", in the window and with the filters of the page; rejections and silence are of now. */
export const homeNeeds = async (tx: OrgTx, filter: CubeFilter, today: string): Promise<NeedsFacts> => {
  const gaps = await gapsOf(tx, filter)
  const [days] = await query(tx, {
    name: 'home.provisional_days',
    row: daysRow,
    sql: Prisma.sql`
      select count(distinct c.day) as days, min(c.day) as first_day, max(c.day) as last_day
      from emission_day c
      where ${cubeConditions(filter)} and c.provisional and c.day >= ${filter.from}::date and c.day < ${filter.to}::date`,
  })
  const [screening] = await query(tx, {
    name: 'home.screening',
    row: screeningRow,
    sql: Prisma.sql`
      select coalesce(sum(c.screening_mg), 0) as mg,
        coalesce(array_agg(distinct c.zone) filter (where c.zone is not null), '{}') as zones
      from emission_day c
      where ${cubeConditions(filter)} and c.screening_mg > 0 and c.day >= ${filter.from}::date and c.day < ${filter.to}::date`,
  })
  const rejected = await query(tx, {
    name: 'home.rejected',
    row: rejectedRow,
    sql: Prisma.sql`
      select reason, sum(readings) as readings
      from rejection_count
      where org_id = app_org() and day > ${today}::date - 7
      group by 1
      order by 2 desc, 1`,
  })
  const silent = await silentMeters(tx, today)
  return {
    gaps: gaps.map(({ first_day, last_day, ...gap }) => ({ ...gap, firstDay: first_day, lastDay: last_day })),
    provisional:
      days?.first_day && days.last_day ? { days: days.days, firstDay: days.first_day, lastDay: days.last_day } : null,
    screening: screening && screening.mg > 0n ? screening : null,
    rejected,
    silent: silent.map(({ last_day, ...meter }) => ({ ...meter, lastDay: last_day })),
  }
}
