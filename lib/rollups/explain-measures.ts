import type { ExplainedMeasure } from '@/lib/contracts/explain'
import type { LedgerUnit } from '@/lib/contracts/explain-answer'
import { Prisma } from '@/lib/generated/prisma/client'
import { dayName } from '@/lib/units/time'
import { instrumentDays } from './instrument-effect'

/** The vectors of an entry that a figure may be of. */
export type EntryVector =
  | 'location_mg'
  | 'market_mg'
  | 'it_uwh'
  | 'facility_uwh'
  | 'loss_mg'
  | 'upstream_mg'
  | 'embodied_mg'
  | 'water_ul'
  | 'source_water_ul'

/** What each measure sums, and in which ledger unit. Operation, its upstream and the hardware's share make a total (METHOD §13). */
export const MEASURE_VECTORS: Record<ExplainedMeasure, { unit: LedgerUnit; vectors: EntryVector[] }> = {
  location: { unit: 'mg', vectors: ['location_mg'] },
  market: { unit: 'mg', vectors: ['market_mg'] },
  energy: { unit: 'µWh', vectors: ['it_uwh'] },
  facility: { unit: 'µWh', vectors: ['facility_uwh'] },
  loss: { unit: 'mg', vectors: ['loss_mg'] },
  upstream: { unit: 'mg', vectors: ['upstream_mg'] },
  embodied: { unit: 'mg', vectors: ['embodied_mg'] },
  water: { unit: 'µL', vectors: ['water_ul'] },
  'source-water': { unit: 'µL', vectors: ['source_water_ul'] },
  before: { unit: 'mg', vectors: ['upstream_mg', 'loss_mg'] },
  'total-location': { unit: 'mg', vectors: ['location_mg', 'upstream_mg', 'loss_mg', 'embodied_mg'] },
  'total-water': { unit: 'µL', vectors: ['water_ul', 'source_water_ul'] },
  'total-market': { unit: 'mg', vectors: ['market_mg', 'upstream_mg', 'loss_mg', 'embodied_mg'] },
}

const TOTAL: Record<EntryVector, Prisma.Sql> = {
  location_mg: Prisma.sql`e.total_location_mg`,
  market_mg: Prisma.sql`e.total_market_mg`,
  it_uwh: Prisma.sql`e.total_it_uwh`,
  facility_uwh: Prisma.sql`e.total_facility_uwh`,
  loss_mg: Prisma.sql`e.total_loss_mg`,
  upstream_mg: Prisma.sql`e.total_upstream_mg`,
  embodied_mg: Prisma.sql`e.total_embodied_mg`,
  water_ul: Prisma.sql`e.total_water_ul`,
  source_water_ul: Prisma.sql`e.total_source_water_ul`,
}

/** What instruments take off the entry `e` on its day, where the measure is market-based: `x.effect_mg`. */
const AFTER_INSTRUMENTS = Prisma.sql`case when e.total_market_mg is null then x.effect_mg
  else e.total_market_mg + coalesce(x.effect_mg, 0) end`

export const isMarketBased = (measure: ExplainedMeasure): boolean =>
  MEASURE_VECTORS[measure].vectors.includes('market_mg')

/** Of an entry `e` (and `x`): its amount of the measure over the whole day; null where nothing of it is known. */
export const amountOf = (measure: ExplainedMeasure): Prisma.Sql => {
  const [first, ...more] = MEASURE_VECTORS[measure].vectors.map((vector) =>
    vector === 'market_mg' ? AFTER_INSTRUMENTS : TOTAL[vector],
  )
  if (more.length === 0) return first as Prisma.Sql
  const values = [first as Prisma.Sql, ...more].map((total) => Prisma.sql`(${total})`)
  return Prisma.sql`(select sum(v.amount) from (values ${Prisma.join(values, ', ')}) v(amount))`
}

/** Joins `x`, the effect of instruments on each entry's day, where the measure has one. */
export const withEffects = (measure: ExplainedMeasure, window: { from: number; to: number }): Prisma.Sql =>
  isMarketBased(measure)
    ? Prisma.sql`
  left join (
    select i.attribution_id, i.unallocated, i.day, sum(i.effect_mg) as effect_mg
    from (${instrumentDays({ from: dayName(window.from), to: dayName(window.to) })}) i
    group by 1, 2, 3
  ) x on x.attribution_id = e.attribution_id and x.unallocated = e.unallocated and x.day = e.day`
    : Prisma.empty
