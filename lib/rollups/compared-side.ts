import { z } from 'zod'
import { energyWeighted } from '@/lib/accounting/ratios/energy-weighted'
import type { Interval } from '@/lib/accounting/uncertainty/interval'
import type { COMPARED, ComparedSide } from '@/lib/contracts/compare'
import { query } from '@/lib/db/query'
import { count, dayText, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { AppError } from '@/lib/errors'
import { Prisma } from '@/lib/generated/prisma/client'
import { exactKilowattHours } from '@/lib/units/format'
import { kilowattHours } from '@/lib/units/quantity'
import { DAY, dayName, dayOf } from '@/lib/units/time'
import { instrumentDays } from './instrument-effect'
import { attributionsOf, runFacts } from './run-facts'
import { gramsPerKwh } from './run-sums'
import { workloadSpread } from './workload-spread'

const sideRow = z.object({
  it_uwh: exactIntegerOrNull,
  facility_uwh: exactIntegerOrNull,
  paired_it_uwh: exactIntegerOrNull,
  paired_facility_uwh: exactIntegerOrNull,
  known_facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
  market_mg: exactIntegerOrNull,
  loss_mg: exactIntegerOrNull,
  upstream_mg: exactIntegerOrNull,
  embodied_mg: exactIntegerOrNull,
  water_ul: exactIntegerOrNull,
  source_water_ul: exactIntegerOrNull,
  instruments_mg: exactIntegerOrNull,
  gap_hours: count,
  provisional: z.boolean(),
  first_day: dayText.nullable(),
  last_day: dayText.nullable(),
})
type SideRow = z.output<typeof sideRow>

/** A sum as the books hold it: an integer of a small unit, `decimals` below the unit that is shown. */
export interface ExactSum {
  amount: bigint
  decimals: number
}
/** A ratio is a double; a sum is exact, and so is the difference of two. */
export type Measured = Record<(typeof COMPARED)[number], ExactSum | number | null>

export interface Compared {
  kind: 'run' | 'service' | 'window'
  run: string | null
  name: string
  from: string | null
  to: string | null
  provisional: boolean
  gapHours: number
  measured: Measured
  location: Interval | null
}

/** One side of a comparison, from current entries. @throws AppError not_found for a run that is not of this organisation */
export const comparedSide = async (tx: OrgTx, side: ComparedSide): Promise<Compared> => {
  if (side.kind === 'window') {
    const days = Prisma.sql`e.day >= ${side.from}::date and e.day < ${side.to}::date`
    const row = await sums(tx, Prisma.sql`true`, days, side)
    return compared(tx, { ...side, run: null, name: `${side.from} … ${side.to}` }, row, Prisma.sql`true`, days)
  }
  const facts = await runFacts(tx, side.id)
  if (facts === null) throw new AppError('not_found', `No run or service is known as ${side.id}.`)
  const from = facts.first_day
  const to = facts.last_day === null ? null : dayName(dayOf(facts.last_day) + DAY)
  const row = await sums(tx, attributionsOf(side.id), Prisma.sql`true`, from && to ? { from, to } : null)
  const named = {
    kind: facts.is_service ? ('service' as const) : ('run' as const),
    run: side.id,
    name: facts.name,
    from,
    to,
  }
  return compared(tx, named, row, attributionsOf(side.id), Prisma.sql`true`)
}

/** Leans on entry_current (org_id, day) and on the attributions of a run. */
const sums = async (
  tx: OrgTx,
  attributions: Prisma.Sql,
  days: Prisma.Sql,
  window: { from: string; to: string } | null,
): Promise<SideRow> => {
  const effects = window
    ? Prisma.sql`(select sum(i.effect_mg) from (${instrumentDays(window)}) i
        where i.attribution_id in (select attribution_id from told))`
    : Prisma.sql`null::numeric`
  const [row] = await query(tx, {
    name: 'compare.side',
    row: sideRow,
    sql: Prisma.sql`
      with told as (
        select c.attribution_id from attribution c where c.org_id = app_org() and ${attributions}
      ), shown as (
        select e.* from entry e
        where e.org_id = app_org() and e.is_current and e.attribution_id in (select attribution_id from told) and ${days}
      ), hours as (
        select sum(u.it) filter (where u.facility is not null) as paired_it_uwh,
          sum(u.facility) filter (where u.it is not null) as paired_facility_uwh,
          sum(u.facility) filter (where u.mg is not null) as known_facility_uwh,
          count(u.gap) as gap_hours
        from shown cross join lateral unnest(it_uwh, facility_uwh, location_mg, gap) as u(it, facility, mg, gap)
      )
      select sum(total_it_uwh) as it_uwh, sum(total_facility_uwh) as facility_uwh, sum(total_location_mg) as location_mg,
        sum(total_market_mg) as market_mg, sum(total_loss_mg) as loss_mg, sum(total_upstream_mg) as upstream_mg,
        sum(total_embodied_mg) as embodied_mg, sum(total_water_ul) as water_ul, sum(total_source_water_ul) as source_water_ul,
        (select paired_it_uwh from hours), (select paired_facility_uwh from hours), (select known_facility_uwh from hours),
        (select gap_hours from hours), ${effects} as instruments_mg,
        coalesce(bool_or(status = 'provisional'), false) as provisional, min(day) as first_day, max(day) as last_day
      from shown`,
  })
  return row as SideRow
}

const compared = async (
  tx: OrgTx,
  named: Pick<Compared, 'kind' | 'run' | 'name' | 'from' | 'to'>,
  row: SideRow,
  attributions: Prisma.Sql,
  days: Prisma.Sql,
): Promise<Compared> => ({
  kind: named.kind,
  run: named.run,
  name: named.name,
  from: named.from,
  to: named.to,
  provisional: row.provisional,
  gapHours: row.gap_hours,
  measured: measuredOf(row),
  location: (await workloadSpread(tx, attributions, days))?.location ?? null,
})

const plus = (one: bigint | null, other: bigint | null): bigint | null =>
  one === null ? null : other === null ? one : one + other

/** Totals are operational and amortised embodied: a management view; embodied that is unknown is left out of both sides' total. */
const measuredOf = (row: SideRow): Measured => {
  const sum = (decimals: number) => (amount: bigint | null) => (amount === null ? null : { amount, decimals })
  const [kg, kwh, litres] = [sum(6), sum(9), sum(6)]
  const market = plus(row.market_mg, row.instruments_mg)
  return {
    energy_kwh: kwh(row.it_uwh),
    facility_kwh: kwh(row.facility_uwh),
    pue: pueOfPaired(row),
    g_per_kwh: gramsPerKwh(row.location_mg, row.known_facility_uwh),
    location_kg: kg(row.location_mg),
    market_kg: kg(market),
    loss_kg: kg(row.loss_mg),
    upstream_kg: kg(row.upstream_mg),
    embodied_kg: kg(row.embodied_mg),
    total_location_kg: kg(plus(row.location_mg, row.embodied_mg)),
    total_market_kg: kg(plus(market, row.embodied_mg)),
    water_l: litres(row.water_ul),
    source_water_l: litres(row.source_water_ul),
  }
}

/** Of the hours in which both sides are known. */
const pueOfPaired = ({ paired_it_uwh, paired_facility_uwh }: SideRow): number | null =>
  paired_it_uwh === null || paired_facility_uwh === null
    ? null
    : energyWeighted([{ part: inKilowattHours(paired_facility_uwh), whole: inKilowattHours(paired_it_uwh) }])
const inKilowattHours = (uwh: bigint) => kilowattHours(Number(exactKilowattHours(uwh)))
