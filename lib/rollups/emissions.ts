import { z } from 'zod'
import { boundsOf } from '@/lib/accounting/uncertainty/bounds'
import { type TierWidths, widthsWith } from '@/lib/accounting/uncertainty/tier-widths'
import type { EmissionRow, EmissionsAnswer, Group } from '@/lib/contracts/emissions'
import { query } from '@/lib/db/query'
import { count, exactInteger, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { exactDecimal, exactKilograms, exactKilowattHours } from '@/lib/units/format'
import { roundHalfEven } from '@/lib/units/round'
import { DAY, dayName } from '@/lib/units/time'
import { instrumentDays, instrumentHours } from './instrument-effect'
import { uncertaintyWidths } from './uncertainty-widths'

/** A row limit that no screen or report reaches; beyond it the caller narrows the window or the grouping. */
export const MAX_GROUPS = 100_000

const GROUP_SQL: Record<Group, Prisma.Sql> = {
  run: Prisma.sql`coalesce(r.name, s.name)`,
  team: Prisma.sql`t.name`,
  model: Prisma.sql`m.name`,
  stage: Prisma.sql`c.stage`,
  site: Prisma.sql`p.slug`,
  day: Prisma.sql`to_char(c.day, 'YYYY-MM-DD')`,
  hour: Prisma.sql`to_char(c.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
}

const groupRow = {
  run: z.string().nullable().optional(),
  team: z.string().nullable().optional(),
  model: z.string().nullable().optional(),
  stage: z.string().nullable().optional(),
  site: z.string().nullable().optional(),
  day: z.string().nullable().optional(),
  hour: z.string().nullable().optional(),
  /** Of all groups together. */
  is_total: z.boolean(),
}
const tier = z.number().nullable()
const figureRow = z.object({
  ...groupRow,
  it_uwh: exactIntegerOrNull,
  facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
  market_mg: exactIntegerOrNull,
  /** Of the market-based figure before instruments: null where none is known. */
  market_fallback_mg: exactIntegerOrNull,
  embodied_mg: exactIntegerOrNull,
  loss_mg: exactIntegerOrNull,
  upstream_mg: exactIntegerOrNull,
  water_ul: exactIntegerOrNull,
  source_water_ul: exactIntegerOrNull,
  screening_mg: exactInteger,
  energy_tier: tier,
  intensity_tier: tier,
  overhead_tier: tier,
  covered_ms: exactInteger,
  elapsed_ms: exactInteger,
  provisional: z.boolean(),
})
const gapRow = z.object({ ...groupRow, reason: z.string(), hours: count })
const spreadRow = z.object({ ...groupRow, half_mg: z.number() })

const NOTHING = Prisma.sql`null::bigint`

/**
 * Cells of current entries inside [from, to): one row is one entry-hour, and one more what instruments take off it. Leans on
 * entry_current (org_id, day).
 */
const cells = (from: number, to: number, by: readonly Group[]): Prisma.Sql => {
  const days = { from: dayName(from), to: dayName(to + DAY - 1) }
  // A window that cuts no day and shows no hours need not know of them.
  const hourly = by.includes('hour') || from % DAY !== 0 || to % DAY !== 0
  const instruments = hourly
    ? instrumentHours(days)
    : Prisma.sql`select d.attribution_id, d.unallocated, d.day, 1 as place, d.effect_mg from (${instrumentDays(days)}) d`
  return Prisma.sql`
  select e.day, e.day::timestamp at time zone 'utc' + (u.place - 1) * interval '1 hour' as at, e.status = 'provisional' as provisional,
    a.run_id, a.service_id, a.team_id, a.model_id, a.stage, a.site_id, a.zone,
    u.it, u.facility, u.mg, u.screening, u.gap, u.covered, u.elapsed, u.energy_tier, u.overhead_tier, u.intensity_tier,
    u.market, e.terms -> 'market' ->> 'rate' = 'location' as fallback, u.embodied, u.loss, u.upstream, u.water, u.source_water,
    null::numeric as instruments
  from entry e
  join attribution a on a.org_id = e.org_id and a.attribution_id = e.attribution_id
  cross join lateral unnest(e.it_uwh, e.facility_uwh, e.location_mg, e.screening, e.gap, e.covered_ms, e.elapsed_ms,
    e.energy_tier, e.overhead_tier, e.intensity_tier, e.market_mg, e.embodied_mg, e.loss_mg, e.upstream_mg, e.water_ul,
    e.source_water_ul) with ordinality
    as u(it, facility, mg, screening, gap, covered, elapsed, energy_tier, overhead_tier, intensity_tier, market, embodied, loss,
      upstream, water, source_water, place)
  where e.org_id = app_org() and e.is_current
    and e.day between ${dayName(from)}::date and ${dayName(to - 1)}::date
    and e.day::timestamp at time zone 'utc' + (u.place - 1) * interval '1 hour' >= ${new Date(from)}
    and e.day::timestamp at time zone 'utc' + (u.place - 1) * interval '1 hour' < ${new Date(to)}
    and (u.it is not null or u.facility is not null or u.gap is not null or u.elapsed > 0 or u.embodied is not null)
  union all
  select s.day, s.day::timestamp at time zone 'utc' + (s.place - 1) * interval '1 hour', false,
    a.run_id, a.service_id, a.team_id, a.model_id, a.stage, a.site_id, a.zone,
    ${NOTHING}, ${NOTHING}, ${NOTHING}, null, null, 0, 0, null, null, null,
    ${NOTHING}, null, ${NOTHING}, ${NOTHING}, ${NOTHING}, ${NOTHING}, ${NOTHING}, s.effect_mg
  from (${instruments}) s
  join attribution a on a.org_id = app_org() and a.attribution_id = s.attribution_id
  where s.day::timestamp at time zone 'utc' + (s.place - 1) * interval '1 hour' >= ${new Date(from)}
    and s.day::timestamp at time zone 'utc' + (s.place - 1) * interval '1 hour' < ${new Date(to)}`
}

const named = Prisma.sql`
  left join run r on r.org_id = app_org() and r.run_id = c.run_id
  left join service s on s.org_id = app_org() and s.service_id = c.service_id
  left join team t on t.org_id = app_org() and t.team_id = c.team_id
  left join model m on m.org_id = app_org() and m.model_id = c.model_id
  left join site p on p.org_id = app_org() and p.site_id = c.site_id`

/** The names of the groups, then whether the row is that of all of them. */
const listed = (by: readonly Group[]): Prisma.Sql =>
  by.length === 0
    ? Prisma.sql`true as is_total`
    : Prisma.sql`${Prisma.join(
        by.map((group) => Prisma.sql`${GROUP_SQL[group]} as ${Prisma.raw(`"${group}"`)}`),
        ', ',
      )}, grouping(${Prisma.join(
        by.map((group) => GROUP_SQL[group]),
        ', ',
      )}) > 0 as is_total`

const places = (count: number): string => Array.from({ length: count }, (_, index) => index + 1).join(', ')
/** Each group, and all of them together: one pass over the cells gives both. `more`: a further column that splits both. */
const grouped = (by: readonly Group[], more?: Prisma.Sql): Prisma.Sql => {
  const sets =
    by.length === 0
      ? Prisma.sql`grouping sets (())`
      : Prisma.sql`grouping sets ((${Prisma.raw(places(by.length))}), ())`
  return more ? Prisma.sql`${more}, ${sets}` : sets
}
const ordered = (by: readonly Group[]): Prisma.Sql => Prisma.raw(places(by.length + 1))

type FigureRow = z.output<typeof figureRow>
type Measured = Omit<FigureRow, Group | 'is_total'>
type Bounded = { low_mg: bigint | null; high_mg: bigint | null }

const beyondExact = (amount: bigint | null): amount is bigint =>
  amount !== null && (amount > BigInt(Number.MAX_SAFE_INTEGER) || amount < -BigInt(Number.MAX_SAFE_INTEGER))
const kilograms = (mg: bigint | null): number | null => (mg === null ? null : Number(exactKilograms(mg)))
const kilowattHours = (uwh: bigint | null): number | null => (uwh === null ? null : Number(exactKilowattHours(uwh)))
const litres = (ul: bigint | null): number | null => (ul === null ? null : Number(exactDecimal(ul, 6)))

const EXACT = [
  'facility_uwh',
  'location_mg',
  'market_mg',
  'embodied_mg',
  'loss_mg',
  'upstream_mg',
  'water_ul',
  'source_water_ul',
] as const

/** Exact integers → the wire's decimals; null stays null. */
export const asFigure = (
  row: Measured & Bounded,
  gaps: { reason: string; hours: number }[],
): EmissionsAnswer['total'] => ({
  energy_kwh: kilowattHours(row.it_uwh),
  facility_kwh: kilowattHours(row.facility_uwh),
  location_kg: kilograms(row.location_mg),
  market_kg: kilograms(row.market_mg),
  market_fallback_kg: kilograms(row.market_fallback_mg),
  embodied_kg: kilograms(row.embodied_mg),
  loss_kg: kilograms(row.loss_mg),
  upstream_kg: kilograms(row.upstream_mg),
  water_l: litres(row.water_ul),
  source_water_l: litres(row.source_water_ul),
  low_kg: kilograms(row.low_mg),
  high_kg: kilograms(row.high_mg),
  ...(beyondExact(row.it_uwh) ? { energy_uwh: row.it_uwh.toString() } : {}),
  ...Object.fromEntries(EXACT.flatMap((key) => (beyondExact(row[key]) ? [[key, String(row[key])]] : []))),
  tier: row.intensity_tier,
  tiers: { energy: row.energy_tier, intensity: row.intensity_tier, overhead: row.overhead_tier },
  coverage: row.elapsed_ms === 0n ? null : Number(row.covered_ms) / Number(row.elapsed_ms),
  provisional: row.provisional,
  screening_kg: Number(exactKilograms(row.screening_mg)),
  gaps,
})

/** 95 % bounds of the location-based figure from its half-width (lib/accounting/uncertainty/bounds), in mg. */
const boundsOfRow = (locationMg: bigint | null, halfMg: number | undefined): Bounded => {
  if (locationMg === null) return { low_mg: null, high_mg: null }
  if (locationMg === 0n || halfMg === undefined) return { low_mg: locationMg, high_mg: locationMg }
  const mass = Number(locationMg)
  const { low, high } = boundsOf(halfMg / mass)
  const away = (factor: number) => BigInt(roundHalfEven(mass * factor))
  return { low_mg: locationMg - away(1 - low), high_mg: locationMg + away(high - 1) }
}

const keyOf = (row: Partial<Record<Group, string | null>> & { is_total: boolean }, by: Group[]): string =>
  row.is_total ? 'total' : JSON.stringify(by.map((group) => row[group] ?? null))

const widthValues = (widths: TierWidths): Prisma.Sql =>
  Prisma.join(
    (['energy', 'overhead', 'intensity'] as const).flatMap((source) =>
      ([1, 2, 3, 4, 5] as const).map(
        (grade) => Prisma.sql`(${source}, ${grade}::int, ${String(widths[source][grade])}::numeric)`,
      ),
    ),
    ', ',
  )

/**
 * Emissions of the organisation in the whole UTC hours of [from, to), by any of run, team, model, stage, site, day, hour.
 * A figure with no known hour is null; else it sums the known hours, and `gaps` lists the others by reason. Every measure of the groups
 * adds up to its total, to the milligram; intervals do not, because groups share meters and grids.
 */
export const emissions = async (
  tx: OrgTx,
  { from, to, by }: { from: number; to: number; by: Group[] },
): Promise<EmissionsAnswer> => {
  const c = cells(from, to, by)
  const figures = await query(tx, {
    name: 'emissions.figures',
    row: figureRow,
    sql: Prisma.sql`
      with c as (${c})
      select ${listed(by)},
        sum(c.it) as it_uwh, sum(c.facility) as facility_uwh, sum(c.mg) as location_mg,
        case when count(c.market) + count(c.instruments) > 0
          then coalesce(sum(c.market), 0) + coalesce(sum(c.instruments), 0) end as market_mg,
        case when count(c.market) > 0 then coalesce(sum(c.market) filter (where c.fallback), 0) end as market_fallback_mg,
        sum(c.embodied) as embodied_mg, sum(c.loss) as loss_mg, sum(c.upstream) as upstream_mg,
        sum(c.water) as water_ul, sum(c.source_water) as source_water_ul,
        coalesce(sum(c.mg) filter (where c.screening), 0) as screening_mg,
        max(c.energy_tier)::int as energy_tier, max(c.intensity_tier)::int as intensity_tier,
        max(c.overhead_tier)::int as overhead_tier,
        coalesce(sum(c.covered), 0) as covered_ms, coalesce(sum(c.elapsed), 0) as elapsed_ms,
        coalesce(bool_or(c.provisional), false) as provisional
      from c ${named}
      group by ${grouped(by)} order by ${ordered(by)}
      limit ${MAX_GROUPS + 2}`,
  })
  const gapRows = await query(tx, {
    name: 'emissions.gaps',
    row: gapRow,
    sql: Prisma.sql`
      with c as (${c})
      select ${listed(by)}, c.gap as reason, count(*) as hours
      from c ${named}
      where c.gap is not null
      group by ${grouped(by, Prisma.sql`c.gap`)}`,
  })
  const spreads = await query(tx, {
    name: 'emissions.spreads',
    row: spreadRow,
    sql: Prisma.sql`
      with c as (${c}),
      width(source, tier, u95) as (values ${widthValues(widthsWith(await uncertaintyWidths(tx)))}),
      part as (
        select ${listed(by)}, k.source, k.errs_together, sum(c.mg * w.u95) as half
        from c ${named}
        cross join lateral (values
          ('energy', c.energy_tier::int, concat_ws(' ', c.team_id::text, c.model_id::text, c.stage, c.site_id::text)),
          ('overhead', c.overhead_tier::int, coalesce(c.site_id::text, c.zone, '')),
          ('intensity', c.intensity_tier::int, coalesce(c.zone, ''))
        ) k(source, tier, errs_together)
        join width w on w.source = k.source and w.tier = k.tier
        where c.mg is not null
        group by ${grouped(by, Prisma.sql`k.source, k.errs_together`)}
      )
      select ${Prisma.raw([...by.map((group) => `"${group}"`), 'is_total'].join(', '))}, sqrt(sum(half * half))::float8 as half_mg
      from part
      group by ${Prisma.raw(places(by.length + 1))}`,
  })
  const halves = new Map(spreads.map((row) => [keyOf(row, by), row.half_mg]))
  const gaps = new Map<string, { reason: string; hours: number }[]>()
  for (const gap of gapRows.sort((a, b) => (a.reason < b.reason ? -1 : 1))) {
    const key = keyOf(gap, by)
    gaps.set(key, [...(gaps.get(key) ?? []), { reason: gap.reason, hours: gap.hours }])
  }
  const figureOf = (row: FigureRow) =>
    asFigure({ ...row, ...boundsOfRow(row.location_mg, halves.get(keyOf(row, by))) }, gaps.get(keyOf(row, by)) ?? [])
  const total = figures.find((row) => row.is_total)
  return {
    rows:
      by.length === 0
        ? []
        : figures
            .filter((row) => !row.is_total)
            .map((row): EmissionRow => {
              const group = Object.fromEntries(by.map((name) => [name, row[name] ?? null]))
              return { ...group, ...figureOf(row) }
            }),
    total: total ? figureOf(total) : emptyFigure(),
  }
}

const emptyFigure = (): EmissionsAnswer['total'] =>
  asFigure(
    {
      it_uwh: null,
      facility_uwh: null,
      location_mg: null,
      market_mg: null,
      market_fallback_mg: null,
      embodied_mg: null,
      loss_mg: null,
      upstream_mg: null,
      water_ul: null,
      source_water_ul: null,
      low_mg: null,
      high_mg: null,
      screening_mg: 0n,
      energy_tier: null,
      intensity_tier: null,
      overhead_tier: null,
      covered_ms: 0n,
      elapsed_ms: 0n,
      provisional: false,
    },
    [],
  )
