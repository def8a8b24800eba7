import { add, type KilowattHours, value } from '@/lib/units/quantity'
import { HOUR } from '@/lib/units/time'
import { energyOfCounterSeries } from './energy-of-counter'
import { energyOfDeltaSeries } from './energy-of-delta'
import { energyOfPowerSeries } from './energy-of-power'
import type { Cells, GapReason } from './entries'
import type { Boundary, EnergyMethod, Measured, SeriesReadings, Tier } from './facts'
import { emptyCells, everyHour, type MeteredHours, type Span, unionMs, worst, zeroCells } from './hour-cells'

/** One series' day for one attribution. */
export interface Metered {
  seriesId: string
  meter: string
  method: EnergyMethod
  boundary: Boundary
  siteId: string | null
  measured: Measured | null
  hours: MeteredHours
}

/** The energy of each series by the formula of its kind, apart for each attribution. Keeps the order of the series. */
export const meteredOf = (series: SeriesReadings[], day: number): Metered[] =>
  series.flatMap((one) =>
    energyOf(one, day).map((hours) => ({
      seriesId: one.seriesId,
      meter: one.meter,
      method: one.method,
      boundary: one.boundary,
      siteId: one.siteId,
      measured: one.measured ?? null,
      hours: asGoodAs(one.method, hours),
    })),
  )

/** METHOD §9: a model is tier 4, one from operations or money tier 5, however exactly its hours are told. */
const MODEL_TIERS: Record<EnergyMethod, Tier | null> = {
  metered: null,
  utilisation: 4,
  usage_report: 4,
  device_hours: 4,
  flops: 5,
  spend: 5,
}

const asGoodAs = (method: EnergyMethod, hours: MeteredHours): MeteredHours => {
  const atBest = MODEL_TIERS[method]
  return atBest === null ? hours : { ...hours, tier: hours.tier.map((tier) => tier && worst(tier, atBest)) }
}

const energyOf = (series: SeriesReadings, day: number): MeteredHours[] => {
  switch (series.kind) {
    case 'power':
      return energyOfPowerSeries(series, day)
    case 'counter':
      return energyOfCounterSeries(series, day)
    case 'delta':
      return energyOfDeltaSeries(series, day)
  }
}

/** Several series as one. An hour has an energy when any series gives one, and its tier is the worst of those that do. */
export interface MeterSum {
  kwh: Cells<KilowattHours>
  tier: Cells<Tier>
  gap: Cells<GapReason>
  coveredMs: number[]
  elapsedMs: number[]
  /** How long any of the series was held in the hour: at most the hour. */
  heldMs: number[]
  /** Every series that was running in the hour covers all of it. */
  whole: boolean[]
  firstAt: number | null
  lastAt: number | null
  seriesIds: string[]
}

/**
 * 1.5 gigawatts for an hour, more than the largest site there is: beyond it a unit or a counter is wrong, and PUE and intensity could
 * lift the hour out of exact integers. Such an hour is a gap; the readings stay as they are.
 */
export const MOST_KWH_AN_HOUR = 1.5e6

/** Adds in the order given, which is that of the series ids: doubles added in another order can differ in the last bit. */
export const sumOfMeters = (metered: Metered[]): MeterSum => {
  const sum: MeterSum = {
    kwh: emptyCells(),
    tier: emptyCells(),
    gap: emptyCells(),
    coveredMs: zeroCells(),
    elapsedMs: zeroCells(),
    heldMs: zeroCells(),
    whole: everyHour(() => false),
    firstAt: null,
    lastAt: null,
    seriesIds: [...new Set(metered.map((one) => one.seriesId))],
  }
  const lone = everyHour(() => false)
  // A set, because a meter that changes hands within the hour is one series under two attributions.
  const running = everyHour(() => new Set<string>())
  const held = everyHour((): Span[] => [])

  for (const { seriesId, hours } of metered) {
    for (let hour = 0; hour < sum.kwh.length; hour += 1) {
      const energy = hours.kwh[hour] ?? null
      const before = sum.kwh[hour] ?? null
      if (energy !== null) sum.kwh[hour] = before === null ? energy : add(before, energy)
      sum.tier[hour] = worst(sum.tier[hour] ?? null, hours.tier[hour] ?? null)
      sum.coveredMs[hour] = (sum.coveredMs[hour] as number) + (hours.coveredMs[hour] as number)
      sum.elapsedMs[hour] = (sum.elapsedMs[hour] as number) + (hours.elapsedMs[hour] as number)
      if ((hours.elapsedMs[hour] as number) > 0) running[hour]?.add(seriesId)
      held[hour]?.push(...(hours.held[hour] as Span[]))
      if (hours.lone[hour]) lone[hour] = true
    }
    if (hours.firstAt !== null) sum.firstAt = Math.min(sum.firstAt ?? hours.firstAt, hours.firstAt)
    if (hours.lastAt !== null) sum.lastAt = Math.max(sum.lastAt ?? hours.lastAt, hours.lastAt)
  }
  sum.heldMs = held.map(unionMs)
  sum.whole = everyHour((hour) => {
    const series = running[hour]?.size ?? 0
    return series > 0 && sum.coveredMs[hour] === series * HOUR
  })
  sum.gap = everyHour((hour): GapReason | null => {
    const energy = sum.kwh[hour] ?? null
    if (energy !== null) {
      if (value(energy) <= MOST_KWH_AN_HOUR) return null
      sum.kwh[hour] = null
      sum.tier[hour] = null
      return 'implausible'
    }
    if ((sum.elapsedMs[hour] as number) > 0) return 'no_reading'
    return lone[hour] ? 'single_reading' : null
  })
  return sum
}
