import { ACTIVITY_METER } from '@/lib/ingest/accept'
import { readingJudge } from '@/lib/ingest/judge-reading'
import type { RejectedItem } from '@/lib/ingest/keep-rejected'
import type { IncomingReading } from '@/lib/ingest/reading'
import { DAY, isoInstant } from '@/lib/units/time'
import type { Calendar } from './calendar'
import { KEFLAVIK } from './places'
import { randomOf } from './random'
import { runsOf } from './runs'
import { servicesOf } from './services'
import { siteMeters } from './site-meters'
import { type Stream, type Told, telemetryOf } from './telemetry'

/** Readings of one client and week: one request. */
export interface Delivery {
  protocol: 'native' | 'activities'
  source: string
  readings: IncomingReading[]
  /** Refused readings by reason. */
  rejected: Map<string, number>
  /** The refused readings as they came. */
  refused: RejectedItem[]
}

export interface Evidence {
  /** Newest first: what is looked at first is there first. */
  onTime: Delivery[]
  /** Those that came when their days were in the books already. */
  late: Delivery[]
  runs: number
  services: number
  readings: number
}

const WEEK = 7 * DAY

/** Everything that the meters of Meridian Labs said in the thirteen months. */
export const evidenceOf = (calendar: Calendar, now: number): Evidence => {
  const workloads = [...servicesOf(calendar), ...runsOf(calendar)]
  const streams: Stream[] = []
  const loads = new Map<string, Map<number, number>>()
  for (const workload of workloads) {
    const { stream, hours } = telemetryOf(workload)
    streams.push(stream.source === KEFLAVIK.source ? withFlippedSigns(stream) : stream)
    const site = loads.get(workload.place.name) ?? new Map<number, number>()
    loads.set(workload.place.name, site)
    for (const [hour, wattHours] of hours) site.set(hour, (site.get(hour) ?? 0) + wattHours)
  }
  streams.push(...siteMeters(calendar, loads))

  const shelf = new Shelf(calendar, now)
  for (const stream of streams) shelf.put(stream, stream.said.service === 'agents-api' ? heldBack(calendar) : neverLate)
  const onTime = [...shelf.onTime(), ...vendorActivities(calendar)]
  const late = shelf.late()
  return {
    onTime,
    late,
    runs: workloads.filter(({ kind }) => kind === 'run').length,
    services: new Set(workloads.filter(({ kind }) => kind === 'service').map(({ name }) => name)).size,
    readings: [...onTime, ...late].reduce((sum, { readings }) => sum + readings.length, 0),
  }
}

type Lateness = (at: number) => 'on time' | 'late' | 'twice'
const neverLate: Lateness = () => 'on time'

/** A gateway lost its uplink for thirty hours and sent them afterwards, with some that had arrived before. */
const heldBack = ({ at }: Calendar): Lateness => {
  const [sentBefore, from, to] = [at(12, 9, 8), at(12, 9, 20), at(12, 11, 2)]
  return (time) => (time < sentBefore || time >= to ? 'on time' : time < from ? 'twice' : 'late')
}

/** A sensor wired the wrong way round on one phase. */
const withFlippedSigns = (stream: Stream): Stream => {
  const random = randomOf('flipped signs')
  return {
    ...stream,
    readings: stream.readings.map((one) => (random.next() < 0.08 ? { ...one, value: -one.value } : one)),
  }
}

/** Puts each client's readings into weekly requests, judged as the API judges them. */
class Shelf {
  #weeks = new Map<number, Map<string, Delivery>>()
  #late = new Map<string, Delivery>()

  constructor(
    private calendar: Calendar,
    private now: number,
  ) {}

  put({ source, said, readings }: Stream, lateness: Lateness) {
    const judge = readingJudge(said, this.now)
    for (const told of readings) {
      const item = onTheWire(told)
      const judged = judge(item)
      const when = lateness(told.at)
      if (when !== 'late') keep(this.#onTimeOf(source, told.at), judged, { said, item })
      if (when !== 'on time') keep(deliveryIn(this.#late, source), judged, { said, item })
    }
  }

  onTime = () => [...this.#weeks.entries()].sort(([a], [b]) => b - a).flatMap(([, bySource]) => [...bySource.values()])
  late = () => [...this.#late.values()]

  #onTimeOf(source: string, at: number): Delivery {
    const week = Math.floor((at - this.calendar.from) / WEEK)
    const bySource = this.#weeks.get(week) ?? new Map<string, Delivery>()
    this.#weeks.set(week, bySource)
    return deliveryIn(bySource, source)
  }
}

const deliveryIn = (bySource: Map<string, Delivery>, source: string): Delivery => {
  const known = bySource.get(source)
  if (known) return known
  const fresh: Delivery = { protocol: 'native', source, readings: [], rejected: new Map(), refused: [] }
  bySource.set(source, fresh)
  return fresh
}

const keep = (
  delivery: Delivery,
  judged: ReturnType<ReturnType<typeof readingJudge>>,
  { said, item }: { said: Stream['said']; item: unknown },
) => {
  if ('reading' in judged) {
    delivery.readings.push(judged.reading)
    return
  }
  const { reason } = judged
  delivery.rejected.set(reason, (delivery.rejected.get(reason) ?? 0) + 1)
  delivery.refused.push({ reason, with: { protocol: delivery.protocol, said }, item })
}

const onTheWire = ({ at, start, ...told }: Told) => ({
  ...told,
  at: isoInstant(at),
  ...(start === undefined ? {} : { start: isoInstant(start) }),
})

/** A vendor's model judges answers: the vendor states energy and intensity by the month, and they are kept as stated. */
const vendorActivities = ({ at, monthOf }: Calendar): Delivery[] =>
  [10, 11, 12].map((month, i) => ({
    protocol: 'activities',
    source: 'Vendor statement',
    rejected: new Map(),
    refused: [],
    readings: [
      {
        meter: ACTIVITY_METER,
        kind: 'delta',
        unit: 'kWh',
        boundary: 'facility',
        start: at(month, 1),
        at: at(month + 1, 1),
        value: [1840, 2210, 2675][i] as number,
        context: {
          run: `vendor-judge-${monthOf(month)}`,
          service: null,
          model: 'vendor-judge',
          team: 'Evaluation',
          stage: 'evaluation',
          site: null,
          gridZone: null,
          country: null,
          cloudRegion: null,
          deployment: 'api',
          pue: 1.15,
          gPerKwh: 296,
          hardware: null,
          hardwareCount: null,
        },
      },
    ],
  }))
