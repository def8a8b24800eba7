import { z } from 'zod'
import { contextFields, nameSchema } from '@/lib/contracts/common'
import { READING_KINDS, type RejectionReason } from '@/lib/contracts/readings'
import { energyIn, isPowerUnit, powerIn, READING_UNITS, type ReadingUnit } from '@/lib/units/convert'
import { value as bare } from '@/lib/units/quantity'
import { DAY, HOUR } from '@/lib/units/time'
import type { Context, IncomingReading } from './reading'

const OLDEST = Date.UTC(2000, 0, 1)
const FUTURE_TOLERANCE = HOUR
const LONGEST_INTERVAL = 366 * DAY
/** One gigawatt, and a gigawatt-hour at once: beyond them a unit is wrong, and an entry-hour would leave exact integers. */
const MOST_W = 1e9
const MOST_KWH = 1e6
const MOST_COUNTER = Number.MAX_SAFE_INTEGER

const OFFSET_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/
const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/

/** What a request says of all of its readings. */
export const saidSchema = z.strictObject(contextFields)
const CONTEXT_KEYS = Object.keys(contextFields)
const READING_KEYS = new Set(['meter', 'kind', 'unit', 'at', 'value', 'start', 'boundary', ...CONTEXT_KEYS])

export type Judgement = { reading: IncomingReading } | { reason: RejectionReason }

/** What a request says for all of its readings; a reading may override each part. */
export type SaidContext = Partial<z.output<typeof saidSchema>>

const contextOf = (said: SaidContext): Context => ({
  run: said.run ?? null,
  service: said.service ?? null,
  model: said.model ?? null,
  team: said.team ?? null,
  stage: said.stage ?? null,
  site: said.site ?? null,
  gridZone: said.grid_zone ?? null,
  country: null,
  cloudRegion: said.cloud_region ?? null,
  deployment: said.deployment ?? null,
  pue: said.pue ?? null,
  gPerKwh: null,
  hardware: said.hardware ?? null,
  hardwareCount: said.count ?? null,
})

const instantOf = (text: unknown): number | RejectionReason => {
  if (typeof text !== 'string') return 'time_invalid'
  if (!OFFSET_TIME.test(text)) return LOCAL_TIME.test(text) ? 'time_without_offset' : 'time_invalid'
  const at = Date.parse(text)
  // The parser takes 30 February for 2 March.
  const lastOfMonth = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate()
  return Number.isNaN(at) || Number(text.slice(8, 10)) > lastOfMonth ? 'time_invalid' : at
}

const contextReason = (context: Context): RejectionReason | null => {
  const workload = context.run ?? context.service
  if (workload === null) {
    if (context.site === null) return 'workload_missing'
    return context.model !== null || context.team !== null || context.stage !== null ? 'workload_missing' : null
  }
  if (context.model === null || context.team === null || context.stage === null) return 'context_invalid'
  return context.deployment === null && context.cloudRegion === null && context.site === null
    ? 'deployment_missing'
    : null
}

const tooLarge = (kind: IncomingReading['kind'], unit: ReadingUnit, value: number): boolean => {
  if (isPowerUnit(unit)) return bare(powerIn(value, unit)) > MOST_W
  if (kind !== 'counter') return bare(energyIn(value, unit)) > MOST_KWH
  // A machine's counter of microjoules passes 2^53 within a year; a double still tells a kilojoule of it.
  return value > (unit === 'µJ' ? MOST_COUNTER * 1000 : MOST_COUNTER)
}

/** What is wrong with a reading's value, whatever protocol brought it. */
export const valueFault = (kind: IncomingReading['kind'], unit: ReadingUnit, value: number): RejectionReason | null => {
  if (!Number.isFinite(value)) return 'value_not_a_number'
  if (value < 0 || Object.is(value, -0)) return 'value_negative'
  return tooLarge(kind, unit, value) ? 'value_too_large' : null
}

export const timeFault = (at: number, now: number): RejectionReason | null => {
  if (!Number.isFinite(at)) return 'time_invalid'
  if (at < OLDEST) return 'time_too_old'
  return at > now + FUTURE_TOLERANCE ? 'time_in_future' : null
}

/** An interval that a delta names. */
export const intervalFault = (start: number, at: number): RejectionReason | null => {
  if (start < OLDEST) return 'time_too_old'
  if (start >= at) return 'interval_empty'
  return at - start > LONGEST_INTERVAL ? 'interval_too_long' : null
}

/**
 * Judges the readings of one request, each on its own.
 * @param said the request's context, already checked by its schema
 * @param now milliseconds since 1970: a reading more than an hour ahead of it is refused
 */
export const readingJudge = (said: SaidContext, now: number): ((item: unknown) => Judgement) => {
  const shared = contextOf(said)
  const sharedReason = contextReason(shared)
  const overridden = new Map<string, Context | RejectionReason>()

  const contextFor = (item: Record<string, unknown>): Context | RejectionReason => {
    const own = CONTEXT_KEYS.filter((key) => key in item)
    if (own.length === 0) return sharedReason ?? shared
    const key = JSON.stringify(own.map((name) => [name, item[name]]))
    const known = overridden.get(key)
    if (known) return known
    const parsed = saidSchema.safeParse(Object.fromEntries(own.map((name) => [name, item[name]])))
    const context = parsed.success ? contextOf({ ...said, ...parsed.data }) : 'context_invalid'
    const judged = typeof context === 'string' ? context : (contextReason(context) ?? context)
    overridden.set(key, judged)
    return judged
  }

  return (item) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return { reason: 'not_an_object' }
    const given = item as Record<string, unknown>
    for (const key in given) if (!READING_KEYS.has(key)) return { reason: 'field_unknown' }
    const meter = nameSchema.safeParse(given.meter)
    if (!meter.success) return { reason: 'meter_missing' }
    const kind = READING_KINDS.find((known) => known === given.kind)
    if (!kind) return { reason: 'kind_unknown' }
    const unit = READING_UNITS.find((known) => known === given.unit)
    if (!unit) return { reason: 'unit_unknown' }
    if (isPowerUnit(unit) !== (kind === 'power')) return { reason: 'unit_not_for_kind' }
    const boundary = given.boundary ?? 'it'
    if (boundary !== 'it' && boundary !== 'facility') return { reason: 'boundary_unknown' }
    const { value } = given
    if (typeof value !== 'number') return { reason: 'value_not_a_number' }
    const bad = valueFault(kind, unit, value)
    if (bad) return { reason: bad }
    const at = instantOf(given.at)
    if (typeof at === 'string') return { reason: at }
    const untimely = timeFault(at, now)
    if (untimely) return { reason: untimely }
    let start: number | null = null
    if (given.start !== undefined) {
      if (kind !== 'delta') return { reason: 'start_not_for_kind' }
      const begins = instantOf(given.start)
      if (typeof begins === 'string') return { reason: begins }
      const empty = intervalFault(begins, at)
      if (empty) return { reason: empty }
      start = begins
    }
    const context = contextFor(given)
    if (typeof context === 'string') return { reason: context }
    return { reading: { meter: meter.data, kind, unit, boundary, at, start, value, context } }
  }
}
