import { z } from 'zod'
import type { ExplainedMeasure } from '@/lib/contracts/explain'
import { query } from '@/lib/db/query'
import { count, exactInteger, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { dayName } from '@/lib/units/time'
import { cubeConditions } from './cube-filter'
import { amountOf, isMarketBased, withEffects } from './explain-measures'
import { instrumentDays } from './instrument-effect'
import { type LedgerFilter, ledgerConditions, saysSomething } from './ledger-filter'

/** Entries of a filter, or one of them alone. */
export type ExplainScope = LedgerFilter & { entryId?: string }

/** Current entries of the filter, whole UTC days. Leans on entry_current (org_id, day, …). */
export const explainedEntries = (filter: ExplainScope, joined: Prisma.Sql = Prisma.empty): Prisma.Sql => Prisma.sql`
  from entry e
  join attribution a on a.org_id = e.org_id and a.attribution_id = e.attribution_id
  ${joined}
  where ${ledgerConditions(filter)} and e.is_current and ${saysSomething}
    ${filter.entryId ? Prisma.sql`and e.entry_id = ${filter.entryId}::uuid` : Prisma.empty}`

/**
 * `day, amount, entries`: the entries' amounts, and for a market-based measure what instruments do on days without an entry of their
 * workload. Their sum is the figure.
 */
export const explainedPieces = (filter: LedgerFilter, measure: ExplainedMeasure): Prisma.Sql => Prisma.sql`
  select e.day, (${amountOf(measure)})::numeric as amount, 1 as entries
  ${explainedEntries(filter, withEffects(measure, filter))}
  ${isMarketBased(measure) ? Prisma.sql`union all ${effectsWithoutEntry(filter)}` : Prisma.empty}`

const effectsWithoutEntry = (filter: LedgerFilter): Prisma.Sql => {
  const window = { from: dayName(filter.from), to: dayName(filter.to) }
  const run = filter.run
    ? Prisma.sql`and (c.run_id = ${filter.run}::uuid or (c.run_id is null and c.service_id = ${filter.run}::uuid))`
    : Prisma.empty
  return Prisma.sql`
  select i.day, i.effect_mg, 0
  from (${instrumentDays(window)}) i
  join attribution c on c.org_id = app_org() and c.attribution_id = i.attribution_id
  where ${cubeConditions({ ...filter, ...window })} ${run}
    and not exists (
      select 1 from entry e
      where e.org_id = app_org() and e.attribution_id = i.attribution_id and e.unallocated = i.unallocated and e.day = i.day
        and e.is_current and ${saysSomething}
    )`
}

const sumRow = z.object({
  entries: count,
  exact: exactIntegerOrNull,
  it_uwh: exactIntegerOrNull,
  facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
  provisional: z.boolean(),
  method_versions: z.array(z.string()),
})
export type ExplainedSum = z.output<typeof sumRow>

/** The measure over every entry of the filter, exact; null where no hour is known. */
export const explainedSum = async (
  tx: OrgTx,
  filter: ExplainScope,
  measure: ExplainedMeasure,
): Promise<ExplainedSum> => {
  const [row] = await query(tx, {
    name: 'explain.sum',
    row: sumRow,
    sql: Prisma.sql`
      select count(*) as entries, (select sum(p.amount) from (${explainedPieces(filter, measure)}) p) as exact,
        sum(e.total_it_uwh) as it_uwh, sum(e.total_facility_uwh) as facility_uwh, sum(e.total_location_mg) as location_mg,
        coalesce(bool_or(e.status = 'provisional'), false) as provisional,
        coalesce(array_agg(distinct e.method_version), '{}') as method_versions
      ${explainedEntries(filter)}`,
  })
  return row as ExplainedSum
}

const tier = z.number().int().nullable()
const hoursRow = z.object({
  paired_it_uwh: exactIntegerOrNull,
  paired_facility_uwh: exactIntegerOrNull,
  known_facility_uwh: exactIntegerOrNull,
  known_hours: count,
  gap_hours: count,
  covered_ms: exactInteger,
  elapsed_ms: exactInteger,
  energy_tier: tier,
  overhead_tier: tier,
  intensity_tier: tier,
  tier1_mg: exactInteger,
  tier2_mg: exactInteger,
  tier3_mg: exactInteger,
  tier4_mg: exactInteger,
  tier5_mg: exactInteger,
})
export type ExplainedHours = z.output<typeof hoursRow>

const ofTier = (place: number): Prisma.Sql =>
  Prisma.sql`coalesce(sum(u.mg) filter (where greatest(u.et, u.ot, u.gt) = ${place}), 0)`

/** What the hours of the filter rest on: energies of hours in which both sides are known, tiers by the weakest of each hour. */
export const explainedHours = async (tx: OrgTx, filter: ExplainScope): Promise<ExplainedHours> => {
  const [row] = await query(tx, {
    name: 'explain.hours',
    row: hoursRow,
    sql: Prisma.sql`
      select sum(u.it) filter (where u.facility is not null) as paired_it_uwh,
        sum(u.facility) filter (where u.it is not null) as paired_facility_uwh,
        sum(u.facility) filter (where u.mg is not null) as known_facility_uwh,
        count(u.mg) as known_hours, count(u.gap) as gap_hours,
        coalesce(sum(u.covered), 0) as covered_ms, coalesce(sum(u.elapsed), 0) as elapsed_ms,
        max(u.et)::int as energy_tier, max(u.ot)::int as overhead_tier, max(u.gt)::int as intensity_tier,
        ${ofTier(1)} as tier1_mg, ${ofTier(2)} as tier2_mg, ${ofTier(3)} as tier3_mg, ${ofTier(4)} as tier4_mg,
        ${ofTier(5)} as tier5_mg
      from (select e.* ${explainedEntries(filter)}) e
      cross join lateral unnest(e.it_uwh, e.facility_uwh, e.location_mg, e.gap, e.covered_ms, e.elapsed_ms, e.energy_tier,
        e.overhead_tier, e.intensity_tier) as u(it, facility, mg, gap, covered, elapsed, et, ot, gt)`,
  })
  return row as ExplainedHours
}

const gapRow = z.object({ reason: z.string(), hours: count })

/** Hours without a figure, by reason, most first. */
export const explainedGaps = (tx: OrgTx, filter: ExplainScope): Promise<z.output<typeof gapRow>[]> =>
  query(tx, {
    name: 'explain.gaps',
    row: gapRow,
    sql: Prisma.sql`
      select g.reason, count(*) as hours
      from (select e.gap ${explainedEntries(filter)}) e
      cross join lateral unnest(e.gap) as g(reason)
      where g.reason is not null
      group by 1
      order by 2 desc, 1`,
  })

const baseRow = z.object({ base: z.number().nullable() })

const BASE: Partial<Record<ExplainedMeasure, { energy: Prisma.Sql; vector: Prisma.Sql }>> = {
  location: { energy: Prisma.sql`e.facility_uwh`, vector: Prisma.sql`e.location_mg` },
  market: { energy: Prisma.sql`e.facility_uwh`, vector: Prisma.sql`e.market_mg` },
  loss: { energy: Prisma.sql`e.facility_uwh`, vector: Prisma.sql`e.loss_mg` },
  upstream: { energy: Prisma.sql`e.facility_uwh`, vector: Prisma.sql`e.upstream_mg` },
  water: { energy: Prisma.sql`e.it_uwh`, vector: Prisma.sql`e.water_ul` },
  'source-water': { energy: Prisma.sql`e.facility_uwh`, vector: Prisma.sql`e.source_water_ul` },
}

/**
 * What the measure was multiplied from, over the hours in which it is known: energy in kWh; for embodied hardware device-hours. For
 * people, who see a mean rate beside it; the exact multiplications are those of the lines.
 */
export const explainedBase = async (
  tx: OrgTx,
  filter: ExplainScope,
  measure: ExplainedMeasure,
): Promise<number | null> => {
  const base = BASE[measure]
  if (!base && measure !== 'embodied') return null
  const [row] = await query(tx, {
    name: 'explain.base',
    row: baseRow,
    sql: base
      ? Prisma.sql`
      select (sum(u.energy) / 1e9)::float8 as base
      from (select e.* ${explainedEntries(filter)}) e
      cross join lateral unnest(${base.energy}, ${base.vector}) as u(energy, amount)
      where u.amount is not null`
      : Prisma.sql`
      select (sum((e.terms -> 'embodied' ->> 'devices')::numeric * (
        select sum(x::numeric) from jsonb_array_elements_text(e.terms -> 'embodied' -> 'reservedMs') x)) / 3.6e6)::float8 as base
      from (select e.* ${explainedEntries(filter)}) e
      where jsonb_typeof(e.terms -> 'embodied' -> 'reservedMs') = 'array'`,
  })
  return row?.base ?? null
}
