import { perUnits } from '@/lib/accounting/functional-units/per-units'
import { sciOf } from '@/lib/accounting/functional-units/sci'
import { massIn } from '@/lib/units/measure'
import { value } from '@/lib/units/quantity'
import type { ServiceDay, ServiceUnitDay } from './service-days'

/** The unit that the ledger knows without being told: devices × the time in which they were held. */
export const GPU_HOUR = 'gpu-hour'

/** Sums over the days on which all that a ratio divides is known, so that numerator and denominator speak of the same days. */
export interface UnitSums {
  days: string[]
  /** R */
  count: number
  /** O = E × I, location-based. */
  locationMg: bigint
  /** M, amortised; null where it is not asked for. */
  embodiedMg: bigint | null
  itUwh: bigint | null
  facilityUwh: bigint | null
}

export type Lacking = 'units' | 'emissions' | 'embodied'

export interface ServiceSci {
  unit: string
  /** Whole score: days with R, O and M. Null with the reason in `lacks`. */
  whole: UnitSums | null
  /** g CO2e per unit: (O + M) ÷ R (ISO/IEC 21031). Location-based, average intensity, no instruments. */
  grams: number | null
  /** Operational part alone: days with R and O. */
  operational: UnitSums | null
  operationalGrams: number | null
  /** Facility energy per unit over the operational days, in kWh. */
  kilowattHours: number | null
  /** Water on site and at the power stations, per unit, in litres; days with R and both waters. */
  litres: number | null
  /** The sides of that ratio; null where it is. */
  water: { ul: bigint; count: number } | null
  lacks: Lacking | null
  /** Days of the window on which the service drew energy. */
  activeDays: number
}

/** Parts of the day that lack a measure make the day's sum too small, so the day does not count. */
const locationOf = (day: ServiceDay) => (day.lacks_location > 0 ? null : day.location_mg)
const embodiedOf = (day: ServiceDay) => (day.lacks_embodied > 0 ? null : day.embodied_mg)
const waterOf = (day: ServiceDay) =>
  day.lacks_water > 0 || day.water_ul === null || day.source_water_ul === null
    ? null
    : day.water_ul + day.source_water_ul

/** R by day: as stated, or device-hours of the ledger where nobody stated them. */
export const countsOf = (days: readonly ServiceDay[], units: readonly ServiceUnitDay[], unit: string) => {
  const stated = new Map(units.filter((one) => one.unit === unit).map((one) => [one.day, one.count]))
  if (unit === GPU_HOUR && stated.size === 0)
    for (const day of days)
      if (day.device_hours !== null && day.lacks_devices === 0) stated.set(day.day, day.device_hours)
  return stated
}

const summed = (days: readonly ServiceDay[], counts: ReadonlyMap<string, number>, withEmbodied: boolean): UnitSums => {
  const sum = (of: (day: ServiceDay) => bigint | null): bigint | null => {
    const known = days.map(of).filter((amount) => amount !== null)
    return known.length === 0 ? null : known.reduce((all, amount) => all + amount, 0n)
  }
  return {
    days: days.map((day) => day.day),
    count: days.reduce((all, day) => all + (counts.get(day.day) as number), 0),
    locationMg: sum(locationOf) as bigint,
    embodiedMg: withEmbodied ? sum(embodiedOf) : null,
    itUwh: sum((day) => day.it_uwh),
    facilityUwh: sum((day) => day.facility_uwh),
  }
}

const grams = (mg: bigint) => massIn(Number(mg), 'mg')

/** mg ÷ R → g per unit. 12,000 mg over 4,000 requests → 0.003 g. Null for R = 0: nothing was delivered, so there is no score. */
export const gramsPerUnit = (mg: bigint | null, count: number): number | null => {
  const each = mg === null ? null : perUnits(grams(mg), count)
  return each === null ? null : value(each)
}

/** SCI = (O + M) ÷ R in g per unit, location-based (ISO/IEC 21031). */
const scoreOf = (locationMg: bigint, embodiedMg: bigint, count: number): number | null => {
  const score = sciOf({ operational: grams(locationMg), embodied: grams(embodiedMg), intensity: 'location' }, count)
  return score === null ? null : value(score)
}

/** The score of one service over the given days in one unit. `days` and `units` are of that service alone. */
export const serviceSci = (days: readonly ServiceDay[], units: readonly ServiceUnitDay[], unit: string): ServiceSci => {
  const counts = countsOf(days, units, unit)
  const active = days.filter((day) => day.facility_uwh !== null)
  const counted = active.filter((day) => counts.has(day.day))
  const withO = counted.filter((day) => locationOf(day) !== null)
  const withM = withO.filter((day) => embodiedOf(day) !== null)
  const withWater = counted.filter((day) => waterOf(day) !== null)
  const operational = withO.length === 0 ? null : summed(withO, counts, false)
  const whole = withM.length === 0 ? null : summed(withM, counts, true)
  const waterCount = withWater.reduce((all, day) => all + (counts.get(day.day) as number), 0)
  const water = withWater.reduce((all, day) => all + (waterOf(day) as bigint), 0n)
  return {
    unit,
    whole,
    grams: whole && scoreOf(whole.locationMg, whole.embodiedMg as bigint, whole.count),
    operational,
    operationalGrams: operational && gramsPerUnit(operational.locationMg, operational.count),
    kilowattHours:
      operational === null || operational.facilityUwh === null || operational.count === 0
        ? null
        : Number(operational.facilityUwh) / 1e9 / operational.count,
    litres: withWater.length === 0 || waterCount === 0 ? null : Number(water) / 1e6 / waterCount,
    water: withWater.length === 0 || waterCount === 0 ? null : { ul: water, count: waterCount },
    lacks: counted.length === 0 ? 'units' : operational === null ? 'emissions' : whole === null ? 'embodied' : null,
    activeDays: active.length,
  }
}

/** The same day by day, for a line: null where a part is unknown. */
export const sciByDay = (days: readonly ServiceDay[], units: readonly ServiceUnitDay[], unit: string) => {
  const counts = countsOf(days, units, unit)
  return days.map((day) => {
    const count = counts.get(day.day) ?? null
    const [location, embodied] = [locationOf(day), embodiedOf(day)]
    return {
      day: day.day,
      count,
      locationMg: location,
      embodiedMg: embodied,
      operationalGrams: count === null ? null : gramsPerUnit(location, count),
      embodiedGrams: count === null ? null : gramsPerUnit(embodied, count),
      grams: count === null || location === null || embodied === null ? null : scoreOf(location, embodied, count),
      provisional: day.provisional,
    }
  })
}
