import { DAY, HOUR } from '@/lib/units/time'
import type { Calendar } from './calendar'
import { FRANKFURT, LULEA, type Place } from './places'
import { randomOf, wander } from './random'
import type { Stream, Told } from './telemetry'

/** Comes in: the energy of a site's workloads by the hour. Goes out: what the building's own meters count. */

interface Building {
  place: Place
  from: number
  itMeter: string
  facilityMeter: string
  /** Switches, storage and idle servers that no workload claims: kW, and a share of the load. */
  idle: { kw: (at: number) => number; share: number }
  climate: { mean: number; season: number }
  pue: (outsideCelsius: number, at: number) => number
  /** The IT meter is replaced: nothing is counted for a while, and the new one begins at zero. */
  swap?: [from: number, to: number]
}

const buildings = ({ from, at }: Calendar): Building[] => {
  const swap: [number, number] = [at(10, 18, 6), at(10, 20, 6)]
  return [
    {
      place: FRANKFURT,
      from,
      itMeter: 'M-03 UPS output',
      facilityMeter: 'M-01 grid intake',
      idle: { kw: () => 13, share: 0.022 },
      climate: { mean: 11, season: 9.5 },
      // Free cooling ends at 8 °C. The old meter read low, so the quotient came out high.
      pue: (celsius, time) => 1.264 + 0.0068 * Math.max(0, celsius - 8) - (time >= swap[1] ? 0.037 : 0),
      swap,
    },
    {
      place: LULEA,
      // Three weeks of burn-in before training moves in.
      from: at(7, 18),
      itMeter: 'IT-A busbar',
      facilityMeter: 'T1 transformer',
      idle: { kw: (time) => (time < at(8, 8, 6) ? 64 : 11), share: 0.02 },
      climate: { mean: 3, season: 13 },
      pue: (celsius) => 1.076 + 0.0034 * Math.max(0, celsius - 10),
    },
  ]
}

export const siteMeters = (calendar: Calendar, loads: Map<string, Map<number, number>>): Stream[] =>
  buildings(calendar).map((building) => ({
    source: `Building meters ${building.place.site}`,
    said: { site: building.place.site as string },
    readings: readingsOf(building, calendar.to, loads.get(building.place.name) ?? new Map()),
  }))

const NEVER = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] as const

const readingsOf = (building: Building, to: number, load: Map<number, number>): Told[] => {
  const random = randomOf(`building ${building.place.name}`)
  const outside = weather(building)
  const idling = wander(random, 0.05, 12)
  const plant = wander(random, 0.006, 30)
  const [silentFrom, silentTo] = building.swap ?? NEVER
  const readings: Told[] = []
  let itWh = random.whole(4e8, 9e8)
  // The intake meter shows tenths of a kilowatt-hour.
  let facilityTenths = random.whole(5e6, 9e6)
  for (let at = building.from; at <= to; at += HOUR) {
    if (at > building.from) {
      const hour = at - HOUR
      const claimed = load.get(hour) ?? 0
      const idle = (building.idle.kw(hour) * 1000 + building.idle.share * claimed) * (1 + idling())
      const it = Math.round(claimed + idle)
      const pue = Math.min(1.42, building.pue(outside(hour), hour) + plant())
      itWh += it
      facilityTenths += Math.round((it * pue) / 100)
    }
    if (at === silentTo) itWh = 0
    if (at <= silentFrom || at >= silentTo) {
      readings.push({ meter: building.itMeter, kind: 'counter', unit: 'Wh', boundary: 'it', at, value: itWh })
    }
    readings.push({
      meter: building.facilityMeter,
      kind: 'counter',
      unit: 'kWh',
      boundary: 'facility',
      at,
      value: facilityTenths / 10,
    })
  }
  return readings
}

/** Outside air, °C: warmest in mid-July and mid-afternoon. */
const weather = ({ place, climate }: Building): ((at: number) => number) => {
  const front = wander(randomOf(`weather ${place.name}`), 3, 60)
  const midJuly = Date.UTC(2026, 6, 16)
  return (at) => {
    const season = climate.season * Math.cos(((at - midJuly) / (365.25 * DAY)) * 2 * Math.PI)
    const day = 3 * Math.cos((((at % DAY) / HOUR - 14) / 24) * 2 * Math.PI)
    return climate.mean + season + day + front()
  }
}
