import { z } from 'zod'
import { query } from '@/lib/db/query'
import { dayText, exactInteger } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { type CubeFilter, cubeConditions } from './cube-filter'

/**
 * What instruments take off the market-based figure, by day and by hour. An allocation line says it for a month and a workload; here
 * it is spread over the workload's days, and of a day over its hours, by largest remainder, so that every split adds up to the line.
 * What is replaced follows the emissions that it replaces, what the instrument itself emits the energy: where the grid average stands in
 * for a residual mix the rate changes from hour to hour, and an hour below the month's mean must not net below zero.
 */

/**
 * `attribution_id, unallocated, day, is_own, effect_mg` of the UTC days [from, to). Days outside the instrument's vintage get nothing; a
 * line whose workload has no energy (yet, or any more) stands on the first day of its month.
 */
const dayParts = ({ from, to }: { from: string; to: string }): Prisma.Sql => Prisma.sql`
  select s.attribution_id, s.unallocated, s.day, s.is_own, s.effect_mg
  from (
    select w.attribution_id, w.unallocated, w.day, w.is_own,
      w.sign * (w.whole + case when row_number() over (partition by w.line order by w.rest desc, w.day) <=
        w.amount - sum(w.whole) over (partition by w.line) then 1 else 0 end) as effect_mg
    from (
      select g.*, div(g.amount * g.share, sum(g.share) over (partition by g.line)) as whole,
        mod(g.amount * g.share, sum(g.share) over (partition by g.line)) as rest
      from (
        select f.*, case when sum(f.weight) over (partition by f.line) > 0 then f.weight else 1 end as share
        from (
          select l.attribution_id, l.unallocated, p.is_own, p.sign, p.amount,
            (l.month, l.instrument_id, l.attribution_id, l.unallocated, p.is_own) as line, coalesce(e.day, l.month) as day,
            (case when p.is_own then e.total_facility_uwh else e.total_market_mg end)::numeric as weight
          from allocation_line l
          join instrument i on i.org_id = l.org_id and i.instrument_id = l.instrument_id
          cross join lateral (values (false, -1, l.replaced_mg), (true, 1, l.own_mg)) as p(is_own, sign, amount)
          left join entry e on e.org_id = l.org_id and e.attribution_id = l.attribution_id and e.unallocated = l.unallocated
            and e.is_current and e.total_facility_uwh > 0 and e.total_market_mg is not null
            and e.day >= greatest(l.month, i.vintage_from) and e.day < least((l.month + interval '1 month')::date, i.vintage_to)
          where l.org_id = app_org() and p.amount <> 0
            and l.month >= date_trunc('month', ${from}::date)::date and l.month < ${to}::date
        ) f
      ) g
    ) w
  ) s
  where s.day >= ${from}::date and s.day < ${to}::date`

/** `attribution_id, unallocated, day, effect_mg` of the UTC days [from, to). */
export const instrumentDays = (window: { from: string; to: string }): Prisma.Sql => Prisma.sql`
  select d.attribution_id, d.unallocated, d.day, d.effect_mg from (${dayParts(window)}) d`

/** `attribution_id, unallocated, day, place (1 … 24), effect_mg`: the days, each spread over its hours. */
export const instrumentHours = (window: { from: string; to: string }): Prisma.Sql => Prisma.sql`
  select s.attribution_id, s.unallocated, s.day, s.place,
    sign(s.effect_mg) * (s.whole + case when row_number() over (partition by s.line order by s.rest desc, s.place) <=
      abs(s.effect_mg) - sum(s.whole) over (partition by s.line) then 1 else 0 end) as effect_mg
  from (
    select g.*, div(abs(g.effect_mg) * g.share, sum(g.share) over (partition by g.line)) as whole,
      mod(abs(g.effect_mg) * g.share, sum(g.share) over (partition by g.line)) as rest
    from (
      select d.*, (d.attribution_id, d.unallocated, d.day, d.is_own) as line, coalesce(h.place, 1) as place,
        case when sum(h.weight) over (partition by d.attribution_id, d.unallocated, d.day, d.is_own) > 0 then h.weight else 1 end as share
      from (
        select attribution_id, unallocated, day, is_own, sum(effect_mg) as effect_mg
        from (${dayParts(window)}) each_day group by 1, 2, 3, 4
      ) d
      left join lateral (
        select u.place::int as place, (case when d.is_own then u.energy else u.market end)::numeric as weight
        from entry e
        cross join lateral unnest(e.facility_uwh, e.market_mg) with ordinality as u(energy, market, place)
        where e.org_id = app_org() and e.attribution_id = d.attribution_id and e.unallocated = d.unallocated and e.day = d.day
          and e.is_current and u.energy > 0 and u.market is not null
      ) h on true
    ) g
  ) s`

/** `attribution_id, effect_mg` of the UTC days [from, to) without saying on which: whole months stand as they are. */
export const instrumentSums = ({ from, to }: { from: string; to: string }): Prisma.Sql => Prisma.sql`
  select l.attribution_id, l.unallocated, l.effect_mg
  from allocation_line l
  where l.org_id = app_org() and l.month >= ${from}::date and (l.month + interval '1 month')::date <= ${to}::date
  union all
  select d.attribution_id, d.unallocated, d.effect_mg
  from (${instrumentDays({ from, to })}) d
  where date_trunc('month', d.day)::date < ${from}::date or (date_trunc('month', d.day) + interval '1 month')::date > ${to}::date`

const NAME = {
  team: {
    name: Prisma.sql`n.name`,
    join: Prisma.sql`left join team n on n.org_id = c.org_id and n.team_id = c.team_id`,
  },
  model: {
    name: Prisma.sql`n.name`,
    join: Prisma.sql`left join model n on n.org_id = c.org_id and n.model_id = c.model_id`,
  },
  site: {
    name: Prisma.sql`n.slug`,
    join: Prisma.sql`left join site n on n.org_id = c.org_id and n.site_id = c.site_id`,
  },
  run: { name: Prisma.sql`coalesce(c.run_id, c.service_id)::text`, join: Prisma.empty },
  stage: { name: Prisma.sql`c.stage`, join: Prisma.empty },
  zone: { name: Prisma.sql`c.zone`, join: Prisma.empty },
  deployment: { name: Prisma.sql`c.deployment`, join: Prisma.empty },
} as const
export type EffectDimension = keyof typeof NAME

const namedRow = z.object({ name: z.string().nullable(), effect_mg: exactInteger })

/** The effect in a window by one dimension of the workloads that it is shared to; what has none is null. `run` names a run or service by id. */
export const instrumentEffectBy = async (
  tx: OrgTx,
  filter: CubeFilter,
  by: EffectDimension,
): Promise<Map<string | null, bigint>> => {
  const { name, join } = NAME[by]
  const rows = await query(tx, {
    name: `instruments.effect_by_${by}`,
    row: namedRow,
    sql: Prisma.sql`
      select ${name} as name, sum(l.effect_mg) as effect_mg
      from (${instrumentSums(filter)}) l
      join attribution c on c.org_id = app_org() and c.attribution_id = l.attribution_id
      ${join}
      where ${cubeConditions(filter)}
      group by 1`,
  })
  return new Map(rows.map((row) => [row.name, row.effect_mg]))
}

const dayRow = z.object({ day: dayText, effect_mg: exactInteger })

/** The effect on each UTC day of the window that has any. */
export const instrumentEffectByDay = async (tx: OrgTx, filter: CubeFilter): Promise<Map<string, bigint>> => {
  const rows = await query(tx, {
    name: 'instruments.effect_by_day',
    row: dayRow,
    sql: Prisma.sql`
      select l.day, sum(l.effect_mg) as effect_mg
      from (${instrumentDays(filter)}) l
      join attribution c on c.org_id = app_org() and c.attribution_id = l.attribution_id
      where ${cubeConditions(filter)}
      group by 1`,
  })
  return new Map(rows.map((row) => [row.day, row.effect_mg]))
}

/** Null market stays null; else what the instruments leave of it. */
export const afterInstruments = (marketMg: bigint | null, effectMg: bigint | undefined): bigint | null =>
  marketMg === null ? (effectMg ?? null) : marketMg + (effectMg ?? 0n)
