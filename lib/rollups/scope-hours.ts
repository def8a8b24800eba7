import { z } from 'zod'
import { deploymentSchema } from '@/lib/contracts/common'
import { query } from '@/lib/db/query'
import { count, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const tier = z.number().int().min(1).max(5).nullable()
const scopeHoursRow = z.object({
  deployment: deploymentSchema,
  provisional: z.boolean(),
  screening: z.boolean(),
  /** Screening, and an analyst has taken the zone's average into Scope 2 with a note. */
  accepted: z.boolean(),
  gap: z.string().nullable(),
  energy_tier: tier,
  overhead_tier: tier,
  intensity_tier: tier,
  /** What the market-based figure rests on before instruments; `location`: no residual mix is known. */
  market_rate: z.enum(['supplier', 'residual', 'location']).nullable(),
  market_tier: tier,
  loss_tier: tier,
  upstream_tier: tier,
  hours: count,
  it_uwh: exactIntegerOrNull,
  facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
  market_mg: exactIntegerOrNull,
  loss_mg: exactIntegerOrNull,
  upstream_mg: exactIntegerOrNull,
  embodied_mg: exactIntegerOrNull,
  /** Of that, what assets of the register gave: not rented machines, and not the library's kilograms. */
  registered_mg: exactIntegerOrNull,
  water_ul: exactIntegerOrNull,
  source_water_ul: exactIntegerOrNull,
})
export type ScopeHours = z.infer<typeof scopeHoursRow>

/** Whether the zone of the attribution `a` is accepted as screening for the year of the entry `e`. */
export const ACCEPTED = Prisma.sql`exists (select 1 from screening_acceptance x
  where x.org_id = e.org_id and x.zone = a.zone and x.year = extract(year from e.day)::int)`

/**
 * Entry-hours of the UTC days [from, to) by deployment and by everything that decides how good they are: one row a combination,
 * some dozens in a year. From the entries themselves, so that a gap keeps its reason. Leans on entry_current (org_id, day).
 */
export const scopeHours = (tx: OrgTx, { from, to }: { from: string; to: string }): Promise<ScopeHours[]> =>
  query(tx, {
    name: 'statement.scope_hours',
    row: scopeHoursRow,
    sql: Prisma.sql`
      with told as materialized (
        select e.it_uwh, e.facility_uwh, e.location_mg, e.screening, e.gap, e.energy_tier, e.overhead_tier, e.intensity_tier, e.market_mg,
          e.loss_mg, e.upstream_mg, e.embodied_mg, e.water_ul, e.source_water_ul, a.deployment,
          e.status = 'provisional' as provisional, ${ACCEPTED} as accepted, e.terms -> 'market' ->> 'rate' as market_rate,
          (e.terms -> 'market' ->> 'tier')::int as market_tier, (e.terms -> 'loss' ->> 'tier')::int as loss_tier,
          (e.terms -> 'upstream' ->> 'tier')::int as upstream_tier,
          e.factors -> (e.terms -> 'embodied' ->> 'factor')::int ->> 'id' like 'asset:%' as is_registered
        from entry e
        join attribution a on a.org_id = e.org_id and a.attribution_id = e.attribution_id
        where e.org_id = app_org() and e.is_current and e.day >= ${from}::date and e.day < ${to}::date
      )
      select e.deployment, e.provisional, coalesce(u.screening, false) as screening,
        coalesce(u.screening, false) and e.accepted as accepted, u.gap,
        u.energy_tier::int as energy_tier, u.overhead_tier::int as overhead_tier, u.intensity_tier::int as intensity_tier,
        case when u.market is not null then e.market_rate end as market_rate,
        case when u.market is not null then e.market_tier end as market_tier,
        case when u.loss is not null then e.loss_tier end as loss_tier,
        case when u.upstream is not null then e.upstream_tier end as upstream_tier,
        count(*) as hours, sum(u.it) as it_uwh, sum(u.facility) as facility_uwh, sum(u.mg) as location_mg,
        sum(u.market) as market_mg, sum(u.loss) as loss_mg, sum(u.upstream) as upstream_mg, sum(u.embodied) as embodied_mg,
        sum(u.embodied) filter (where e.is_registered) as registered_mg,
        sum(u.water) as water_ul, sum(u.source_water) as source_water_ul
      from told e
      cross join lateral unnest(e.it_uwh, e.facility_uwh, e.location_mg, e.screening, e.gap, e.energy_tier, e.overhead_tier,
        e.intensity_tier, e.market_mg, e.loss_mg, e.upstream_mg, e.embodied_mg, e.water_ul, e.source_water_ul)
        as u(it, facility, mg, screening, gap, energy_tier, overhead_tier, intensity_tier, market, loss, upstream, embodied, water,
          source_water)
      where u.it is not null or u.facility is not null or u.gap is not null or u.embodied is not null
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
      order by 1, 2, 3, 4, 5 nulls first, 6, 7, 8, 9, 10, 11, 12`,
  })
