import { z } from 'zod'
import { boundsOf } from '@/lib/accounting/uncertainty/bounds'
import { type TierWidths, widthsWith } from '@/lib/accounting/uncertainty/tier-widths'
import { OUTCOMES, type Outcome } from '@/lib/contracts/runs'
import { query } from '@/lib/db/query'
import { count, exactInteger, exactIntegerOrNull, instantText } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { roundHalfEven } from '@/lib/units/round'
import { type CubeFilter, cubeConditions } from './cube-filter'
import { DEVICE_HOURS } from './device-hours'
import { afterInstruments, instrumentEffectBy } from './instrument-effect'
import { uncertaintyWidths } from './uncertainty-widths'

const names = z.array(z.string())
const tier = z.number().int().nullable()

/** The attribution's context as it is attributed, and sums of the current entries of the window. */
const runRow = z.object({
  /** Run or service; null is the energy that no workload claims. */
  workload_id: z.string().nullable(),
  name: z.string().nullable(),
  is_service: z.boolean(),
  teams: names,
  models: names,
  stages: names,
  sites: names,
  zones: names,
  hardware: z.string().nullable(),
  hardware_count: z.number().int().nullable(),
  first_at: instantText.nullable(),
  last_at: instantText.nullable(),
  it_uwh: exactIntegerOrNull,
  facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
  /** Facility energy of the hours whose emissions are known: what an experienced intensity divides by. */
  known_facility_uwh: exactIntegerOrNull,
  energy_tier: tier,
  intensity_tier: tier,
  overhead_tier: tier,
  covered_ms: exactInteger,
  elapsed_ms: exactInteger,
  gap_hours: count,
  provisional: z.boolean(),
  embodied_mg: exactIntegerOrNull,
  /** Before instruments. */
  market_mg: exactIntegerOrNull,
  loss_mg: exactIntegerOrNull,
  upstream_mg: exactIntegerOrNull,
  /** Half-width of the location-based figure in mg: a run's hours share meter, overhead and grid (METHOD §9). */
  half_mg: z.number().nullable(),
  /** Devices × the time in which they were held; null where no count was named. */
  device_hours: z.number().nullable(),
  /** As somebody said afterwards; null for a service, and where nobody did. */
  outcome: z.enum(OUTCOMES).nullable(),
})
/** Market-based after instruments; the interval is of the location-based figure. */
export type RunSummary = Omit<z.output<typeof runRow>, 'half_mg'> & { interval: { low: bigint; high: bigint } | null }

const countRow = z.object({ rows: count, runs: count })

export interface RunFilter extends CubeFilter {
  /** `none`: runs of which nobody said how they ended. */
  outcome?: Outcome | 'none'
}

const withOutcome = (outcome: RunFilter['outcome']): Prisma.Sql =>
  outcome === undefined
    ? Prisma.empty
    : Prisma.sql`and c.run_id in (select run_id from run where org_id = app_org()
        and ${outcome === 'none' ? Prisma.sql`outcome is null` : Prisma.sql`outcome = ${outcome}`})`

const inWindow = (filter: RunFilter): Prisma.Sql => Prisma.sql`
  e.org_id = app_org() and e.is_current and e.day >= ${filter.from}::date and e.day < ${filter.to}::date
    and ${cubeConditions(filter)} ${withOutcome(filter.outcome)}`

const ORDER = {
  newest: Prisma.sql`last_at desc nulls last, workload_id`,
  largest: Prisma.sql`location_mg desc nulls last, workload_id`,
}

/** Σ mg × half-width of its tier, over the hours of an entry. */
const weighed = (source: 'energy' | 'overhead' | 'intensity', widths: TierWidths): Prisma.Sql => Prisma.sql`
  sum(u.mg * case u.${Prisma.raw(`${source}_tier`)} ${Prisma.join(
    ([1, 2, 3, 4, 5] as const).map(
      (grade) => Prisma.sql`when ${grade}::int then ${String(widths[source][grade])}::numeric`,
    ),
    ' ',
  )} end)`

const boundsOfRun = (mg: bigint | null, half: number | null): RunSummary['interval'] => {
  if (mg === null || mg === 0n || half === null) return null
  const { low, high } = boundsOf(half / Number(mg))
  const away = (factor: number) => BigInt(roundHalfEven(Number(mg) * factor))
  return { low: mg - away(1 - low), high: mg + away(high - 1) }
}

/** Runs, and services as runs, with anything in the ledger of the window: the newest or the largest first. Leans on entry_current (org_id, day). */
export const runs = async (
  tx: OrgTx,
  filter: RunFilter,
  limit: number,
  order: keyof typeof ORDER = 'newest',
): Promise<RunSummary[]> => {
  const widths = widthsWith(await uncertaintyWidths(tx))
  const rows = await query(tx, {
    name: 'runs.list',
    row: runRow,
    sql: Prisma.sql`
      with w as (
        select coalesce(c.run_id, c.service_id) as workload_id,
          min(e.first_at) as first_at, max(e.last_at) as last_at,
          sum(e.total_it_uwh) as it_uwh, sum(e.total_facility_uwh) as facility_uwh, sum(e.total_location_mg) as location_mg,
          sum(h.known_facility) as known_facility_uwh, max(h.energy_tier)::int as energy_tier,
          max(h.intensity_tier)::int as intensity_tier, max(h.overhead_tier)::int as overhead_tier,
          coalesce(sum(h.covered), 0) as covered_ms, coalesce(sum(h.elapsed), 0) as elapsed_ms,
          coalesce(sum(h.gaps), 0) as gap_hours, bool_or(e.status = 'provisional') as provisional,
          array_agg(distinct c.team_id) as team_ids, array_agg(distinct c.model_id) as model_ids,
          array_agg(distinct c.site_id) as site_ids,
          coalesce(array_agg(distinct c.stage) filter (where c.stage is not null), '{}') as stages,
          coalesce(array_agg(distinct c.zone) filter (where c.zone is not null), '{}') as zones,
          max(c.hardware) as hardware, max(c.hardware_count) as hardware_count,
          sum(e.total_embodied_mg) as embodied_mg, sum(e.total_market_mg) as market_mg, sum(e.total_loss_mg) as loss_mg,
          sum(e.total_upstream_mg) as upstream_mg, sum(${DEVICE_HOURS})::float8 as device_hours,
          sqrt(coalesce(sum(h.energy_half), 0) ^ 2 + coalesce(sum(h.overhead_half), 0) ^ 2
            + coalesce(sum(h.intensity_half), 0) ^ 2)::float8 as half_mg
        from entry e
        join attribution c on c.org_id = e.org_id and c.attribution_id = e.attribution_id
        cross join lateral (
          select sum(u.facility) filter (where u.mg is not null) as known_facility, max(u.energy_tier) as energy_tier,
            max(u.intensity_tier) as intensity_tier, max(u.overhead_tier) as overhead_tier,
            sum(u.covered) as covered, sum(u.elapsed) as elapsed, count(u.gap) as gaps,
            ${weighed('energy', widths)} as energy_half, ${weighed('overhead', widths)} as overhead_half,
            ${weighed('intensity', widths)} as intensity_half
          from unnest(e.facility_uwh, e.location_mg, e.energy_tier, e.intensity_tier, e.overhead_tier, e.covered_ms,
            e.elapsed_ms, e.gap) as u(facility, mg, energy_tier, intensity_tier, overhead_tier, covered, elapsed, gap)
        ) h
        where ${inWindow(filter)}
        group by 1
        order by ${ORDER[order]}
        limit ${limit}
      )
      select w.*, coalesce(r.name, v.name) as name, (v.service_id is not null) as is_service, r.outcome,
        array(select name from team where org_id = app_org() and team_id = any(w.team_ids) order by 1) as teams,
        array(select name from model where org_id = app_org() and model_id = any(w.model_ids) order by 1) as models,
        array(select name from site where org_id = app_org() and site_id = any(w.site_ids) order by 1) as sites
      from w
      left join run r on r.org_id = app_org() and r.run_id = w.workload_id
      left join service v on v.org_id = app_org() and v.service_id = w.workload_id
      order by ${ORDER[order]}`,
  })
  const effects = await instrumentEffectBy(tx, filter, 'run')
  return rows.map(({ half_mg, ...row }) => ({
    ...row,
    market_mg: afterInstruments(row.market_mg, effects.get(row.workload_id)),
    interval: boundsOfRun(row.location_mg, half_mg),
  }))
}

/** How many rows `runs` has without a limit, and how many of them are runs and services. */
export const runCount = async (tx: OrgTx, filter: RunFilter): Promise<{ rows: number; runs: number }> => {
  const [row] = await query(tx, {
    name: 'runs.count',
    row: countRow,
    sql: Prisma.sql`
      select count(distinct coalesce(c.run_id::text, c.service_id::text, '')) as rows,
        count(distinct coalesce(c.run_id, c.service_id)) as runs
      from entry e
      join attribution c on c.org_id = e.org_id and c.attribution_id = e.attribution_id
      where ${inWindow(filter)}`,
  })
  return row ?? { rows: 0, runs: 0 }
}

const byNameRow = z.object({ name: z.string().nullable(), runs: count })

/** Number of runs and services of each team or model; null is what has none. */
export const runsBy = (tx: OrgTx, filter: CubeFilter, by: 'team' | 'model') =>
  query(tx, {
    name: `runs.by_${by}`,
    row: byNameRow,
    sql: Prisma.sql`
      select n.name, count(distinct coalesce(c.run_id, c.service_id)) as runs
      from entry e
      join attribution c on c.org_id = e.org_id and c.attribution_id = e.attribution_id
      ${
        by === 'team'
          ? Prisma.sql`left join team n on n.org_id = c.org_id and n.team_id = c.team_id`
          : Prisma.sql`left join model n on n.org_id = c.org_id and n.model_id = c.model_id`
      }
      where ${inWindow(filter)}
      group by 1`,
  })
