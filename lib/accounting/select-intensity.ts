import { type GramsCO2ePerKilowattHour, gramsPerKilowattHour } from '@/lib/units/quantity'
import { monthName } from '@/lib/units/time'
import type { Cells, GapReason } from './entries'
import type { FactorReference, HourlyIntensity, Tier, YearFactor, ZoneFacts } from './facts'
import { emptyCells, everyHour } from './hour-cells'

/** An hour's grid intensity, how good it is and what it rests on. */
export interface Intensity {
  gPerKwh: GramsCO2ePerKilowattHour
  tier: Tier
  /** A life-cycle average: shown, kept out of Scope 2 rows. */
  screening: boolean
  factor: FactorReference
  /** Id of the annual factor that sets its level, its own or the one that a profile is scaled to; null without one. */
  level: string | null
}

/** The day's 24 intensities, and why the missing ones are missing. */
export interface DayIntensity {
  cells: Cells<Intensity>
  gap: GapReason | null
}

const DECLARED: FactorReference = {
  id: 'declared-intensity',
  version: 1,
  name: 'Grid intensity declared by the sender',
  source: 'sender',
  basis: null,
}

/**
 * The best intensity known for each hour, g/kWh (METHOD §3, Scope 2 Guidance §6.5; tiers ARCHITECTURE §10). In order: declared by the
 * sender (4) · hourly direct, measured (1) or estimated (2) · typical hour scaled to the year's direct factor (3) · direct
 * zone-year (4) · direct country-year (5) · life-cycle, hourly then yearly (5, screening). Otherwise a gap.
 * A profile of 300 g in an hour, 200 g over its year, and a zone-year factor of 240 g → 300 × 240 ÷ 200 = 360 g/kWh, tier 3.
 */
export const selectIntensity = (
  from: { declaredGPerKwh: number | null; zone: string | null },
  zone: ZoneFacts | undefined,
  day: number,
): DayIntensity => {
  if (from.declaredGPerKwh !== null) {
    const declared = intensity(from.declaredGPerKwh, 4, DECLARED)
    return { cells: everyHour(() => declared), gap: null }
  }
  if (from.zone === null) return { cells: emptyCells(), gap: 'zone_unknown' }
  if (zone === undefined) return { cells: emptyCells(), gap: 'no_intensity' }

  const [year, month] = monthName(day).split('-').map(Number) as [number, number]
  const direct = chooseYear(zone.directYears, year)
  const lifecycle = chooseYear(zone.lifecycleYears, year)
  const cells = everyHour(
    (hour) =>
      hourlyDirect(zone.hourlyDirect[hour]) ??
      typicalHour(zone.profile, direct, month, hour) ??
      (direct && intensity(direct.gPerKwh, direct.level === 'zone' ? 4 : 5, direct.factor, direct.factor.id)) ??
      screening(zone.hourlyLifecycle[hour] ?? lifecycle),
  )
  return { cells, gap: cells.includes(null) ? 'no_intensity' : null }
}

const intensity = (gPerKwh: number, tier: Tier, factor: FactorReference, level: string | null = null): Intensity => ({
  gPerKwh: gramsPerKilowattHour(gPerKwh),
  tier,
  screening: false,
  factor,
  level,
})

const hourlyDirect = (hourly: HourlyIntensity | null | undefined): Intensity | null =>
  hourly ? intensity(hourly.gPerKwh, hourly.estimated ? 2 : 1, hourly.factor) : null

const screening = (lifecycle: HourlyIntensity | YearFactor | null): Intensity | null =>
  lifecycle && { ...intensity(lifecycle.gPerKwh, 5, lifecycle.factor), screening: true }

/** Shape from the profile, level from the year's direct factor: a profile's own level is that of a fleet average in one weather year. */
const typicalHour = (
  profile: ZoneFacts['profile'],
  year: YearFactor | null,
  month: number,
  hour: number,
): Intensity | null => {
  const typical = profile?.gPerKwh[month - 1]?.[hour]
  if (profile === null || typical === undefined) return null
  const { factor, annualMeanGPerKwh } = profile
  if (year === null || annualMeanGPerKwh <= 0)
    return intensity(typical, 3, { ...factor, name: `${factor.name}, unscaled` })
  const scaled = {
    ...factor,
    name: `${factor.name}, scaled to ${year.factor.id}@${year.factor.version}`,
    source: `${factor.source}; ${year.factor.source}`,
  }
  return intensity((typical * year.gPerKwh) / annualMeanGPerKwh, 3, scaled, year.factor.id)
}

/**
 * Zone before country; within a level the nearest year, the earlier one on a tie. A recalled row only where the level has no other.
 * Several rows of one year are told apart by status, then id, so that the order of arrival does not choose.
 */
export const chooseYear = (rows: YearFactor[], year: number): YearFactor | null => {
  for (const level of ['zone', 'country'] as const) {
    const ofLevel = rows.filter((row) => row.level === level)
    const firm = ofLevel.filter((row) => row.status !== 'recalled')
    const [chosen] = (firm.length > 0 ? firm : ofLevel).sort(
      (a, b) =>
        Math.abs(a.year - year) - Math.abs(b.year - year) ||
        a.year - b.year ||
        Number(b.status === 'verified') - Number(a.status === 'verified') ||
        (a.factor.id < b.factor.id ? -1 : a.factor.id > b.factor.id ? 1 : b.factor.version - a.factor.version),
    )
    if (chosen) return chosen
  }
  return null
}
