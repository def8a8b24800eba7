import { z } from 'zod'
import { query } from '@/lib/db/query'
import { dayText, exactInteger } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { ACCEPTED } from './scope-hours'

const loadRow = z.object({
  day: dayText,
  hour: z.number().int(),
  site: z.string().nullable(),
  zone: z.string(),
  facility_uwh: exactInteger,
  market_mg: exactInteger,
})
export type HourlyLoad = z.output<typeof loadRow>

/**
 * Scope 2 energy by UTC hour and place, with its market-based emissions before instruments: one row is (hour × site × zone). Hours whose
 * market-based emissions are unknown, or rest on a life-cycle average that nobody accepted, are in no row: instruments are not spent on them
 * either. Leans on entry_current.
 */
export const hourlyLoad = (tx: OrgTx, { from, to }: { from: string; to: string }): Promise<HourlyLoad[]> =>
  query(tx, {
    name: 'matching.hourly_load',
    row: loadRow,
    sql: Prisma.sql`
      select e.day, c.hour::int - 1 as hour, s.slug as site, a.zone, sum(c.facility) as facility_uwh, sum(c.market) as market_mg
      from entry e
      join attribution a on a.org_id = e.org_id and a.attribution_id = e.attribution_id
      left join site s on s.org_id = a.org_id and s.site_id = a.site_id
      cross join lateral unnest(e.facility_uwh, e.market_mg, e.screening) with ordinality as c(facility, market, screening, hour)
      where e.org_id = app_org() and e.is_current and e.day >= ${from}::date and e.day < ${to}::date
        and a.deployment in ('owned', 'colocation_controlled') and a.zone is not null
        and c.facility > 0 and c.market is not null
        and not (coalesce(c.screening, false) and e.terms -> 'market' ->> 'rate' = 'location' and not ${ACCEPTED})
      group by 1, 2, 3, 4
      order by 1, 2, 3, 4`,
  })

const coverRow = z.object({
  month: dayText,
  instrument_id: z.string(),
  covered_uwh: exactInteger,
  effect_mg: exactInteger,
})
export type MonthlyCover = z.output<typeof coverRow>

/** What each instrument covers by month and zone, as it was allocated: the annual method. */
export const monthlyCover = (
  tx: OrgTx,
  { from, to, zones }: { from: string; to: string; zones: readonly string[] },
): Promise<MonthlyCover[]> =>
  query(tx, {
    name: 'matching.monthly_cover',
    row: coverRow,
    sql: Prisma.sql`
      select l.month, l.instrument_id::text, sum(l.covered_uwh) as covered_uwh, sum(l.effect_mg) as effect_mg
      from allocation_line l
      join attribution a on a.org_id = l.org_id and a.attribution_id = l.attribution_id
      where l.org_id = app_org() and l.month >= ${from}::date and l.month < ${to}::date and a.zone = any(${[...zones]})
      group by 1, 2
      order by 1, 2`,
  })
