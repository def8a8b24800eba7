import { cueOf } from '@/lib/accounting/ratios/cue'
import { pueOf } from '@/lib/accounting/ratios/pue'
import { renewableFactor, reuseFactor } from '@/lib/accounting/ratios/renewable'
import { wueOf } from '@/lib/accounting/ratios/wue'
import type { SiteRatioName } from '@/lib/contracts/explain'
import { kilogramsCO2e, kilowattHours, litres, type Quantity, value } from '@/lib/units/quantity'
import type { SiteRatioMonth } from './site-ratio-months'

/** Comes in: months of a site, and what is declared or published of it. Goes out: its ratios, each saying what it rests on. PURE. */

/** Best first. `booked`: sums of the ledger, where no meter of the building pairs them. */
export const RATIO_BASES = ['hourly', 'monthly', 'booked', 'declared', 'regional', 'fleet', 'average'] as const
export type RatioBasis = (typeof RATIO_BASES)[number]

export interface SiteRatio {
  value: number
  basis: RatioBasis
  tier: 1 | 2 | 3 | 4 | 5
  source: string
  /** Months that it is made of; 0 for what is declared or published. */
  months: number
}

/** A figure from outside, for the months in which nothing is measured. */
export interface StandingRatio {
  value: number
  basis: 'declared' | 'regional' | 'fleet' | 'average'
  tier: 1 | 2 | 3 | 4 | 5
  source: string
}

export type SiteRatios = Record<SiteRatioName, SiteRatio | null>
export type StandingRatios = Partial<Record<SiteRatioName, StandingRatio | null>>

const kwh = (uwh: bigint): number => Number(uwh) / 1e9

interface Pair {
  part: number
  whole: number
}

/** Months of which both sides are known; the others are in no sum. */
const pairsOf = (
  months: readonly SiteRatioMonth[],
  part: (month: SiteRatioMonth) => number | null,
  whole: (month: SiteRatioMonth) => number | null,
): Pair[] =>
  months.flatMap((month) => {
    const [top, bottom] = [part(month), whole(month)]
    return top === null || bottom === null || bottom === 0 ? [] : [{ part: top, whole: bottom }]
  })

const sum = (pairs: readonly Pair[], of: keyof Pair): number => pairs.reduce((all, pair) => all + pair[of], 0)

const made = (
  ratio: number | null,
  basis: 'hourly' | 'monthly' | 'booked',
  tier: 1 | 2 | 3,
  source: string,
  months: number,
): SiteRatio | null => (ratio === null || months === 0 ? null : { value: ratio, basis, tier, source, months })

const standing = (ratio: StandingRatio | null | undefined): SiteRatio | null => (ratio ? { ...ratio, months: 0 } : null)

const energy = (uwh: bigint | null): number | null => (uwh === null ? null : kwh(uwh))
/** A month's reading of the building before the sum of what was booked to it. */
const itOf = (month: SiteRatioMonth): number | null => month.it_kwh ?? energy(month.it_uwh)
const facilityOf = (month: SiteRatioMonth): number | null => month.facility_kwh ?? energy(month.facility_uwh)

const facilityPeriods = (pairs: readonly Pair[]) =>
  pairs.map(({ part, whole }) => ({ facility: kilowattHours(part), it: kilowattHours(whole) }))
const ratioPeriods = (pairs: readonly Pair[]) =>
  pairs.map(({ part, whole }) => ({ part: kilowattHours(part), whole: kilowattHours(whole) }))
const plain = <U extends string>(quantity: Quantity<U> | null): number | null =>
  quantity === null ? null : value(quantity)

const pueIn = (months: readonly SiteRatioMonth[]): SiteRatio | null => {
  const hourly = pairsOf(
    months,
    (month) => energy(month.paired_facility_uwh),
    (month) => energy(month.paired_it_uwh),
  )
  const monthly = pairsOf(
    months,
    (month) => month.facility_kwh,
    (month) => month.it_kwh,
  )
  return (
    made(plain(pueOf(facilityPeriods(hourly))), 'hourly', 1, 'hourly facility and IT meters', hourly.length) ??
    made(plain(pueOf(facilityPeriods(monthly))), 'monthly', 2, 'monthly meter readings', monthly.length)
  )
}

/** kg per IT kWh. The hourly one weighs each hour; the booked one rests on whatever overhead the site's energy was booked with. */
const cueIn = (months: readonly SiteRatioMonth[]): SiteRatio | null => {
  const of = (pairs: readonly Pair[]): number | null => {
    const grams = plain(cueOf(kilogramsCO2e(sum(pairs, 'part')), kilowattHours(sum(pairs, 'whole'))))
    return grams === null ? null : grams / 1000
  }
  const kilograms = (mg: bigint | null): number | null => (mg === null ? null : Number(mg) / 1e6)
  const hourly = pairsOf(
    months,
    (month) => kilograms(month.cue_mg),
    (month) => energy(month.cue_it_uwh),
  )
  // A screening figure rests on a life-cycle average: no CUE.
  const booked = pairsOf(
    months,
    (month) => (month.screening_mg !== null && month.screening_mg > 0n ? null : kilograms(month.location_mg)),
    (month) => energy(month.it_uwh),
  )
  return (
    made(of(hourly), 'hourly', 1, 'hourly meters and hourly grid intensity', hourly.length) ??
    made(of(booked), 'booked', 3, 'emissions and IT energy as booked', booked.length)
  )
}

const wueIn = (months: readonly SiteRatioMonth[]): SiteRatio | null => {
  const pairs = pairsOf(months, (month) => month.water_l, itOf)
  const read = months.every((month) => month.water_l === null || month.it_kwh !== null)
  return made(
    plain(wueOf(litres(sum(pairs, 'part')), kilowattHours(sum(pairs, 'whole')))),
    'monthly',
    1,
    read ? 'monthly water and IT energy' : 'monthly water over IT energy as booked',
    pairs.length,
  )
}

const shareIn = (
  months: readonly SiteRatioMonth[],
  name: 'renewable_kwh' | 'reused_kwh',
  of: typeof renewableFactor,
): SiteRatio | null => {
  const pairs = pairsOf(months, (month) => month[name], facilityOf)
  const read = months.every((month) => month[name] === null || month.facility_kwh !== null)
  const what = name === 'renewable_kwh' ? 'renewable energy' : 'reused heat'
  const source = read ? `monthly ${what} and facility energy` : `monthly ${what} over facility energy as booked`
  return made(pairs.length === 0 ? null : of(ratioPeriods(pairs)), 'monthly', 2, source, pairs.length)
}

/** Energy-weighted over these months (METHOD §2); what none of them tells is as declared, else as published, else unknown. */
export const ratiosIn = (months: readonly SiteRatioMonth[], known: StandingRatios): SiteRatios => ({
  pue: pueIn(months) ?? standing(known.pue),
  cue: cueIn(months) ?? standing(known.cue),
  wue: wueIn(months) ?? standing(known.wue),
  ref: shareIn(months, 'renewable_kwh', renewableFactor) ?? standing(known.ref),
  erf: shareIn(months, 'reused_kwh', reuseFactor) ?? standing(known.erf),
})

export interface RatioMonth {
  month: string
  alone: SiteRatios
  /** Of the twelve months that end with it. */
  year: SiteRatios
}

const monthsBack = (month: string, back: number): string => {
  const [year = 0, of = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, of - 1 - back, 1)).toISOString().slice(0, 7)
}

/** Each month of [from, to), oldest first, by itself and with the eleven before it. `months` reach eleven months back. */
export const ratioMonths = (
  months: readonly SiteRatioMonth[],
  window: { from: string; to: string },
  known: StandingRatios,
): RatioMonth[] =>
  months
    .filter(({ month }) => month >= window.from.slice(0, 7) && `${month}-01` < window.to)
    .map(({ month }) => {
      const first = monthsBack(month, 11)
      return {
        month,
        alone: ratiosIn(
          months.filter((one) => one.month === month),
          known,
        ),
        year: ratiosIn(
          months.filter((one) => one.month >= first && one.month <= month),
          known,
        ),
      }
    })
