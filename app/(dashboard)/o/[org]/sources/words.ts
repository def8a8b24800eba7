import type { StatusTone } from '@/components/ui/status'
import type { ProtocolName, SourceStateName, SourceView } from '@/lib/contracts/sources'
import { threeFigures } from '@/lib/units/format'

const PROTOCOL: Record<ProtocolName, { name: string; says: string }> = {
  native: { name: 'Readings', says: 'Power, counters and energy of meters, as given' },
  activities: { name: 'Activities', says: 'Energy of a whole run, reported once' },
  codecarbon: { name: 'CodeCarbon', says: 'The unmodified client, sending to this address' },
  'codecarbon-csv': { name: 'CodeCarbon files', says: 'emissions.csv, uploaded' },
  ndjson: { name: 'NDJSON', says: 'Readings, one to a line' },
  prometheus: { name: 'Prometheus', says: 'Remote write of DCGM, Kepler, Scaphandre and other exporters' },
  pushgateway: { name: 'Pushgateway', says: 'Batch jobs that push their metrics' },
  otlp: { name: 'OpenTelemetry', says: 'Metrics over OTLP/HTTP' },
  mlflow: { name: 'MLflow', says: 'Runs and system metrics, fetched' },
  'cloud-footprint': { name: 'Cloud footprints', says: 'Exports of cloud providers' },
}
export const protocolName = (protocol: ProtocolName): string => PROTOCOL[protocol].name
export const protocolSays = (protocol: ProtocolName): string => PROTOCOL[protocol].says
/** A source that nobody named is called what it sends by. */
export const sourceName = (source: Pick<SourceView, 'name' | 'protocol'>): string =>
  source.name === source.protocol ? protocolName(source.protocol) : source.name

const STATE: Record<SourceStateName, { tone: StatusTone; word: string; says: string }> = {
  live: { tone: 'verified', word: 'Live', says: 'A request within three of its usual pauses' },
  late: { tone: 'warn', word: 'Late', says: 'Longer ago than three of its usual pauses' },
  silent: { tone: 'stale', word: 'Silent', says: 'Nothing for a day, or for ten of its usual pauses' },
  refusing: { tone: 'breach', word: 'Refusing', says: 'The newest items were refused, and nothing was accepted since' },
}
export const stateWords = (state: SourceStateName) => STATE[state]

/** `4 s`, `12 min`, `3 h`, `5 days` */
export const durationWords = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds}\u00a0s`
  if (seconds < 7200) return `${Math.floor(seconds / 60)}\u00a0min`
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)}\u00a0h`
  return `${Math.floor(seconds / 86_400)}\u00a0days`
}

export const ageWords = (at: string, now: string): string => `${durationWords(Date.parse(now) - Date.parse(at))} ago`

/** Seconds of a lag; null where there was no request. */
export const lagWords = (seconds: number | null): string | null =>
  seconds === null ? null : durationWords(seconds * 1000)

export const rateWords = (perMinute: number | null): string | null =>
  perMinute === null ? null : threeFigures(perMinute)

export const refusedOf = (source: Pick<SourceView, 'rejected'>): number =>
  source.rejected.reduce((sum, one) => sum + one.readings, 0)

const REASON: Record<string, string> = {
  not_an_object: 'is not an object',
  field_unknown: 'has an unknown field',
  meter_missing: 'names no meter',
  kind_unknown: 'has an unknown kind',
  unit_unknown: 'has an unknown unit',
  unit_not_for_kind: 'has a unit that its kind cannot have',
  boundary_unknown: 'has an unknown boundary',
  value_not_a_number: 'has no number as its value',
  value_negative: 'is negative',
  value_too_large: 'is too large to be true',
  time_invalid: 'has no valid time',
  time_without_offset: 'has a time without an offset',
  time_too_old: 'is too old',
  time_in_future: 'lies in the future',
  start_not_for_kind: 'has a start that its kind cannot have',
  interval_empty: 'spans no time',
  interval_too_long: 'spans too much time',
  context_invalid: 'has an invalid context',
  workload_missing: 'names neither a run, a service nor a site',
  deployment_missing: 'names no deployment',
  not_replayable: 'cannot be sent again from here',
  not_energy: 'is no energy',
  overlaps: 'is part of what another series tells',
  no_meter: 'has no label that says which meter it is',
  no_workload: 'names no run, service or pod',
  excluded: 'is left out by the mapping',
}
export const reasonWords = (reason: string): string => REASON[reason] ?? reason.replaceAll('_', ' ')
