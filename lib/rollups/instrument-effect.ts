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

/** The lines of whole months, numbered in the order in which instruments are applied (lib/posting/allocate-month). */
const orderedLines = ({ from, to }: { from: string; to: string }): Prisma.Sql => Prisma.sql`
  select l.attribution_id, l.unallocated, l.month, l.covered_uwh, l.replaced_mg, l.own_mg,
    least(greatest(i.vintage_from, l.month), (l.month + interval '1 month')::date - 1) - l.month + 1 as first,
    i.vintage_to - l.month as last,
    row_number() over (partition by l.attribution_id, l.unallocated, l.month
      order by i.site_id is null, array_position(array['go', 'rec', 'i_rec', 'ppa', 'green_tariff'], i.kind), i.vintage_to, i.created_at,
        i.instrument_id) as step
  from allocation_line l
  join instrument i on i.org_id = l.org_id and i.instrument_id = l.instrument_id
  where l.org_id = app_org() and l.month >= date_trunc('month', ${from}::date)::date and l.month < ${to}::date`

/** The workloads of those lines with what each day of the month holds: `uwh` and `mg`, the first day first. */
const holdings = Prisma.sql`
  select g.attribution_id, g.unallocated, g.month,
    array_agg(coalesce(e.total_facility_uwh, 0)::numeric order by d.n) as uwh,
    array_agg(coalesce(e.total_market_mg, 0)::numeric order by d.n) as mg
  from (select distinct attribution_id, unallocated, month from line) g
  cross join lateral generate_series(1, (g.month + interval '1 month')::date - g.month) as d(n)
  left join entry e on e.org_id = app_org() and e.attribution_id = g.attribution_id and e.unallocated = g.unallocated
    and e.day = g.month + d.n - 1 and e.is_current and e.total_facility_uwh > 0 and e.total_market_mg is not null
  group by 1, 2, 3`

/**
 * One line `l` over the days of what the lines before it left `t`: what it covers, replaces and emits on each, and what is left after
 * it. First the days of its vintage; where the milligrams of an earlier line's rounding are missing there, the others. Only what the whole
 * month no longer holds (its entries were posted anew since) stands on the first day.
 */
const oneLine = Prisma.sql`
  select array_agg(greatest(o.uwh - o.covered, 0) order by o.n) as uwh, array_agg(greatest(o.mg - o.replaced, 0) order by o.n) as mg,
    array_agg(o.replaced order by o.n) as replaced,
    array_agg(case when l.covered_uwh > 0 then div(l.own_mg * o.covered, l.covered_uwh) + o.own_more
      when o.n = l.first then l.own_mg else 0 end order by o.n) as own
  from (
    select c.*, case when row_number() over (order by case when l.covered_uwh > 0 then mod(l.own_mg * c.covered, l.covered_uwh) end desc, c.n)
        <= l.own_mg - sum(case when l.covered_uwh > 0 then div(l.own_mg * c.covered, l.covered_uwh) end) over () then 1 else 0 end as own_more
    from (
      select w.n, w.uwh, w.mg,
        w.whole_uwh + case when row_number() over (partition by w.inside order by w.rest_uwh desc, w.n)
          <= w.due_uwh - sum(w.whole_uwh) over (partition by w.inside) then 1 else 0 end
          + case when w.n = l.first then l.covered_uwh - least(l.covered_uwh, w.all_uwh) else 0 end as covered,
        w.whole_mg + case when row_number() over (partition by w.inside order by w.rest_mg desc, w.n)
          <= w.due_mg - sum(w.whole_mg) over (partition by w.inside) then 1 else 0 end
          + case when w.n = l.first then l.replaced_mg - least(l.replaced_mg, w.all_mg) else 0 end as replaced
      from (
        select a.*, coalesce(div(a.due_uwh * a.uwh, nullif(a.there_uwh, 0)), 0) as whole_uwh,
          coalesce(mod(a.due_uwh * a.uwh, nullif(a.there_uwh, 0)), 0) as rest_uwh,
          coalesce(div(a.due_mg * a.mg, nullif(a.there_mg, 0)), 0) as whole_mg,
          coalesce(mod(a.due_mg * a.mg, nullif(a.there_mg, 0)), 0) as rest_mg
        from (
          select f.*,
            case when f.inside then least(l.covered_uwh, f.there_uwh)
              else least(greatest(l.covered_uwh - (f.all_uwh - f.there_uwh), 0), f.there_uwh) end as due_uwh,
            case when f.inside then least(l.replaced_mg, f.there_mg)
              else least(greatest(l.replaced_mg - (f.all_mg - f.there_mg), 0), f.there_mg) end as due_mg
          from (
            select d.n, d.uwh, d.mg, b.inside, sum(d.uwh) over (partition by b.inside) as there_uwh,
              sum(d.mg) over (partition by b.inside) as there_mg, sum(d.uwh) over () as all_uwh, sum(d.mg) over () as all_mg
            from unnest(t.uwh, t.mg) with ordinality as d(uwh, mg, n)
            cross join lateral (select d.n >= l.first and d.n <= l.last as inside) b
          ) f
        ) a
      ) w
    ) c
  ) o`

/**
 * `attribution_id, unallocated, day, is_own, effect_mg` of the UTC days [from, to). One line after the other takes from what the days still
 * hold, as allocation took it, so that no day nets below zero however many instruments and vintages meet in its month.
 */
const dayParts = (window: { from: string; to: string }): Prisma.Sql => Prisma.sql`
  select s.attribution_id, s.unallocated, s.day, p.is_own, p.effect_mg
  from (
    with recursive line as (${orderedLines(window)}),
    taken as (
      select h.attribution_id, h.unallocated, h.month, 0::bigint as step, h.uwh, h.mg, null::numeric[] as replaced, null::numeric[] as own
      from (${holdings}) h
      union all
      select t.attribution_id, t.unallocated, t.month, l.step, n.uwh, n.mg, n.replaced, n.own
      from taken t
      join line l on l.attribution_id = t.attribution_id and l.unallocated = t.unallocated and l.month = t.month and l.step = t.step + 1
      cross join lateral (${oneLine}) n
    )
    select k.attribution_id, k.unallocated, k.month + d.n::int - 1 as day, d.replaced, d.own
    from taken k
    cross join lateral unnest(k.replaced, k.own) with ordinality as d(replaced, own, n)
    where k.step > 0
  ) s
  cross join lateral (values (false, -s.replaced), (true, s.own)) as p(is_own, effect_mg)
  where p.effect_mg <> 0 and s.day >= ${window.from}::date and s.day < ${window.to}::date`

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
