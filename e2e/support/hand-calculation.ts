/**
 * An independent calculation of a week of power readings against hourly grid intensity: no code of the product, the formulas of METHOD
 * §1.1 and §3 written out. Power is a given function of time, read every quarter of an hour.
 */
const QUARTER = 900_000
const HOUR = 3_600_000

/** A load with a daily shape and a little unevenness, in whole watts. */
export const wattsAt = (at: number): number => {
  const hour = (at % (24 * HOUR)) / HOUR
  return Math.round(40_000 + 12_000 * Math.sin(((hour - 7) / 24) * 2 * Math.PI) + 700 * ((at / QUARTER) % 5))
}

export const readingsOf = (from: number, to: number) => {
  const readings = []
  for (let at = from; at <= to; at += QUARTER) {
    readings.push({ meter: 'rack-1', kind: 'power', unit: 'W', at: new Date(at).toISOString(), value: wattsAt(at) })
  }
  return readings
}

/** Trapezoid of the five readings of an hour → kWh. */
const kwhOfHour = (start: number): number => {
  let joules = 0
  for (let at = start; at < start + HOUR; at += QUARTER) joules += ((wattsAt(at) + wattsAt(at + QUARTER)) / 2) * 900
  return joules / 3.6e6
}

export interface HandHour {
  hour: string
  itKwh: number
  facilityKwh: number
  kg: number
}

export const handWeek = (from: number, to: number, pue: number, gPerKwh: (hour: string) => number): HandHour[] => {
  const hours: HandHour[] = []
  for (let start = from; start < to; start += HOUR) {
    const hour = new Date(start).toISOString().replace('.000Z', 'Z')
    const itKwh = kwhOfHour(start)
    hours.push({ hour, itKwh, facilityKwh: itKwh * pue, kg: (itKwh * pue * gPerKwh(hour)) / 1000 })
  }
  return hours
}
