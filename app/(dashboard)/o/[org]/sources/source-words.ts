import type { StatusTone } from '@/components/ui/status'
import type { ProtocolName, SourceView } from '@/lib/contracts/sources'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const LIVE_MS = 15 * MINUTE
const QUIET_MS = 24 * HOUR

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

export interface SourceState {
  tone: StatusTone
  word: string
}

/** Live within a quarter of an hour, quiet within a day, then silent. */
export const stateOf = (source: SourceView, now: string): SourceState => {
  if (source.last_received_at === null) return { tone: 'warn', word: 'Nothing accepted' }
  const age = Date.parse(now) - Date.parse(source.last_received_at)
  if (age <= LIVE_MS) return { tone: 'verified', word: 'Live' }
  return age <= QUIET_MS ? { tone: 'plain', word: 'Quiet' } : { tone: 'stale', word: 'Silent' }
}

/** `4 s`, `12 min`, `3 h`, `5 days` */
export const durationWords = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds}\u00a0s`
  if (seconds < 7200) return `${Math.floor(seconds / 60)}\u00a0min`
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)}\u00a0h`
  return `${Math.floor(seconds / 86_400)} days`
}

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
}
export const reasonWords = (reason: string): string => REASON[reason] ?? reason.replaceAll('_', ' ')
