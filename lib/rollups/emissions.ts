import { z } from 'zod'
import type { EmissionRow, EmissionsAnswer, Group } from '@/lib/contracts/emissions'
import { query } from '@/lib/db/query'
import { count, exactInteger, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { exactKilograms, exactKilowattHours } from '@/lib/units/format'
import { dayName } from '@/lib/units/time'

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
  day: z.string().optional(),
  hour: z.string().optional(),
}
const tier = z.number().nullable()
const figureRow = z.object({
  ...groupRow,
  it_uwh: exactIntegerOrNull,
  facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
  screening_mg: exactInteger,
  energy_tier: tier,
  intensity_tier: tier,
  overhead_tier: tier,
  covered_ms: exactInteger,
  elapsed_ms: exactInteger,
  provisional: z.boolean(),
})
const gapRow = z.object({ ...groupRow, reason: z.string(), hours: count })

/** Cells of current entries inside [from, to): one row is one entry-hour. Leans on entry_current (org_id, day). */
const cells = (from: number, to: number): Prisma.Sql => Prisma.sql`
  select e.day, e.day::timestamp at time zone 'utc' + (u.place - 1) * interval '1 hour' as at, e.status,
    a.run_id, a.service_id, a.team_id, a.model_id, a.stage, a.site_id,
    u.it, u.facility, u.mg, u.screening, u.gap, u.covered, u.elapsed, u.energy_tier, u.overhead_tier, u.intensity_tier
  from entry e
  join attribution a on a.org_id = e.org_id and a.attribution_id = e.attribution_id
  cross join lateral unnest(e.it_uwh, e.facility_uwh, e.location_mg, e.screening, e.gap, e.covered_ms, e.elapsed_ms,
    e.energy_tier, e.overhead_tier, e.intensity_tier) with ordinality
    as u(it, facility, mg, screening, gap, covered, elapsed, energy_tier, overhead_tier, intensity_tier, place)
  where e.org_id = app_org() and e.is_current
    and e.day between ${dayName(from)}::date and ${dayName(to - 1)}::date
    and e.day::timestamp at time zone 'utc' + (u.place - 1) * interval '1 hour' >= ${new Date(from)}
    and e.day::timestamp at time zone 'utc' + (u.place - 1) * interval '1 hour' < ${new Date(to)}
    and (u.it is not null or u.facility is not null or u.gap is not null or u.elapsed > 0)`

const named = Prisma.sql`
  left join run r on r.org_id = app_org() and r.run_id = c.run_id
  left join service s on s.org_id = app_org() and s.service_id = c.service_id
  left join team t on t.org_id = app_org() and t.team_id = c.team_id
  left join model m on m.org_id = app_org() and m.model_id = c.model_id
  left join site p on p.org_id = app_org() and p.site_id = c.site_id`

const listed = (by: Group[]): Prisma.Sql =>
  Prisma.join(
    by.map((group) => Prisma.sql`${GROUP_SQL[group]} as ${Prisma.raw(`"${group}"`)}`),
    ', ',
  )
const places = (by: Group[], more = 0): Prisma.Sql =>
  Prisma.raw(Array.from({ length: by.length + more }, (_, index) => index + 1).join(', '))

type FigureRow = z.output<typeof figureRow>

const beyondExact = (amount: bigint | null): amount is bigint =>
  amount !== null && amount > BigInt(Number.MAX_SAFE_INTEGER)

/** Exact integers → the wire's decimals; null stays null. */
export const asFigure = (
  row: Omit<FigureRow, Group>,
  gaps: { reason: string; hours: number }[],
): EmissionsAnswer['total'] => ({
  energy_kwh: row.it_uwh === null ? null : Number(exactKilowattHours(row.it_uwh)),
  facility_kwh: row.facility_uwh === null ? null : Number(exactKilowattHours(row.facility_uwh)),
  location_kg: row.location_mg === null ? null : Number(exactKilograms(row.location_mg)),
  market_kg: null,
  embodied_kg: null,
  ...(beyondExact(row.it_uwh) ? { energy_uwh: row.it_uwh.toString() } : {}),
  ...(beyondExact(row.facility_uwh) ? { facility_uwh: row.facility_uwh.toString() } : {}),
  ...(beyondExact(row.location_mg) ? { location_mg: row.location_mg.toString() } : {}),
  tier: row.intensity_tier,
  tiers: { energy: row.energy_tier, intensity: row.intensity_tier, overhead: row.overhead_tier },
  coverage: row.elapsed_ms === 0n ? null : Number(row.covered_ms) / Number(row.elapsed_ms),
  provisional: row.provisional,
  screening_kg: Number(exactKilograms(row.screening_mg)),
  gaps,
})

const keyOf = (row: Partial<Record<Group, string | null>>, by: Group[]): string =>
  JSON.stringify(by.map((group) => row[group] ?? null))

/**
 * Emissions of the organisation in the whole UTC hours of [from, to), by any of run, team, model, stage, site, day, hour.
 * A figure with no known hour is null; else it sums the known hours, and `gaps` lists the others by reason.
 */
export const emissions = async (
  tx: OrgTx,
  { from, to, by }: { from: number; to: number; by: Group[] },
): Promise<EmissionsAnswer> => {
  const figures = async (groups: Group[]) =>
    query(tx, {
      name: 'emissions.figures',
      row: figureRow,
      sql: Prisma.sql`
        with c as materialized (${cells(from, to)})
        select ${groups.length > 0 ? Prisma.sql`${listed(groups)},` : Prisma.empty}
          sum(c.it) as it_uwh, sum(c.facility) as facility_uwh, sum(c.mg) as location_mg,
          coalesce(sum(c.mg) filter (where c.screening), 0) as screening_mg,
          max(c.energy_tier)::int as energy_tier, max(c.intensity_tier)::int as intensity_tier,
          max(c.overhead_tier)::int as overhead_tier,
          coalesce(sum(c.covered), 0) as covered_ms, coalesce(sum(c.elapsed), 0) as elapsed_ms,
          coalesce(bool_or(c.status = 'provisional'), false) as provisional
        from c ${named}
        ${groups.length > 0 ? Prisma.sql`group by ${places(groups)} order by ${places(groups)}` : Prisma.empty}
        limit ${MAX_GROUPS + 1}`,
    })
  const gapsBy = async (groups: Group[]) =>
    query(tx, {
      name: 'emissions.gaps',
      row: gapRow,
      sql: Prisma.sql`
        with c as materialized (${cells(from, to)})
        select ${groups.length > 0 ? Prisma.sql`${listed(groups)},` : Prisma.empty} c.gap as reason, count(*) as hours
        from c ${named}
        where c.gap is not null
        group by ${places(groups, 1)} order by ${places(groups, 1)}`,
    })

  const rows = by.length > 0 ? await figures(by) : []
  const [total] = await figures([])
  const gaps = new Map<string, { reason: string; hours: number }[]>()
  if (by.length > 0) {
    for (const gap of await gapsBy(by)) {
      const key = keyOf(gap, by)
      gaps.set(key, [...(gaps.get(key) ?? []), { reason: gap.reason, hours: gap.hours }])
    }
  }
  const totalGaps = (await gapsBy([])).map(({ reason, hours }) => ({ reason, hours }))
  return {
    rows: rows.map((row): EmissionRow => {
      const group = Object.fromEntries(by.map((name) => [name, row[name] ?? null]))
      return { ...group, ...asFigure(row, gaps.get(keyOf(row, by)) ?? []) }
    }),
    total: total ? asFigure(total, totalGaps) : emptyFigure(),
  }
}

const emptyFigure = (): EmissionsAnswer['total'] =>
  asFigure(
    {
      it_uwh: null,
      facility_uwh: null,
      location_mg: null,
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
