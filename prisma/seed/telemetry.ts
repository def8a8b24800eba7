import type { SaidContext } from '@/lib/ingest/judge-reading'
import { HOUR, hourStart } from '@/lib/units/time'
import { randomOf } from './random'
import { HARDWARE, type Workload } from './workloads'

/** Comes in: a workload. Goes out: the readings that its meters send, and the energy that it truly used by the hour. */

/** One reading as it stands on the wire, but for its times, which are still milliseconds. */
export interface Told {
  meter: string
  kind: 'power' | 'counter' | 'delta'
  unit: 'W' | 'Wh' | 'kWh'
  boundary?: 'it' | 'facility'
  at: number
  start?: number
  value: number
}

/** What one client sends in one context. */
export interface Stream {
  source: string
  said: SaidContext
  readings: Told[]
}

export interface Telemetry {
  stream: Stream
  /** IT energy in Wh by the start of the hour. */
  hours: Map<number, number>
}

export const telemetryOf = (workload: Workload): Telemetry => {
  const { telemetry } = workload
  const told =
    'powerEveryMinutes' in telemetry
      ? powerReadings(workload, telemetry)
      : workload.place.tellsDeltas
        ? deltaReadings(workload)
        : counterReadings(workload, telemetry.counters)
  return {
    hours: told.hours,
    stream: { source: workload.place.source, said: saidOf(workload), readings: told.readings },
  }
}

const saidOf = ({ kind, name, team, model, stage, place, hardware, count }: Workload): SaidContext => ({
  ...(kind === 'run' ? { run: name } : { service: name }),
  team,
  model,
  stage,
  ...(place.site === null ? {} : { site: place.site }),
  ...(place.cloudRegion === null ? {} : { cloud_region: place.cloudRegion }),
  deployment: place.deployment,
  hardware: HARDWARE[hardware].name,
  count,
})

const wattsAt = ({ hardware, count }: Workload, load: number): number =>
  Math.round(count * HARDWARE[hardware].kw * 1000 * Math.min(1, Math.max(0.05, load)))

/** Pieces of whole hours, the first and last cut where the workload starts and ends. */
const pieces = (workload: Workload): { from: number; to: number; wattHours: number }[] => {
  const load = workload.load()
  const found = []
  for (let from = workload.start; from < workload.end; ) {
    const to = Math.min(hourStart(from) + HOUR, workload.end)
    const wattHours = Math.round((wattsAt(workload, load((from + to) / 2)) * (to - from)) / HOUR)
    found.push({ from, to, wattHours })
    from = to
  }
  return found
}

const hoursOf = (parts: { from: number; wattHours: number }[]): Map<number, number> =>
  new Map(parts.map(({ from, wattHours }) => [hourStart(from), wattHours]))

const counterReadings = (workload: Workload, racks: number) => {
  const parts = pieces(workload)
  const readings: Told[] = []
  for (let rack = 1; rack <= racks; rack++) {
    const random = randomOf(`counter ${workload.name} ${workload.place.name} ${rack}`)
    const meter = `${workload.name}/rack-${rack}`
    let count = workload.kind === 'service' ? random.whole(1e6, 9e6) : 0
    readings.push({ meter, kind: 'counter', unit: 'Wh', at: workload.start, value: count })
    for (const { from, to, wattHours } of parts) {
      const before = Math.floor((wattHours * (rack - 1)) / racks)
      const share = Math.floor((wattHours * rack) / racks) - before
      const isReset =
        rack === racks && workload.resetAt !== undefined && from <= workload.resetAt && workload.resetAt < to
      // What was counted before the driver was loaded again is lost.
      count = isReset ? Math.round(share * 0.4) : count + share
      readings.push({ meter, kind: 'counter', unit: 'Wh', at: to, value: count })
    }
  }
  return { readings, hours: hoursOf(parts) }
}

const deltaReadings = (workload: Workload) => {
  const parts = pieces(workload)
  const meter = `${workload.name}/usage`
  const readings = parts.map(({ from, to, wattHours }): Told => {
    return { meter, kind: 'delta', unit: 'kWh', start: from, at: to, value: wattHours / 1000 }
  })
  return { readings, hours: hoursOf(parts) }
}

const powerReadings = (
  workload: Workload,
  { powerEveryMinutes, silences }: { powerEveryMinutes: number; silences: [number, number][] },
) => {
  const step = (powerEveryMinutes * HOUR) / 60
  const load = workload.load()
  const samples: { at: number; watts: number }[] = []
  for (let at = workload.start; at <= workload.end; at += step) samples.push({ at, watts: wattsAt(workload, load(at)) })

  const hours = new Map<number, number>()
  samples.slice(1).forEach(({ at, watts }, i) => {
    const before = samples[i] as { at: number; watts: number }
    const hour = hourStart(before.at)
    hours.set(hour, (hours.get(hour) ?? 0) + ((before.watts + watts) / 2) * ((at - before.at) / HOUR))
  })

  const isSilent = (at: number) => silences.some(([from, to]) => from < at && at < to)
  const meter = `${workload.name}/power`
  const readings = samples
    .filter(({ at }) => !isSilent(at))
    .map(({ at, watts }): Told => ({ meter, kind: 'power', unit: 'W', at, value: watts }))
  return { readings, hours }
}
