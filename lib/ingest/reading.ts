import type { Component, EnergyMethod } from '@/lib/accounting/facts'
import type { ReadingUnit } from '@/lib/units/convert'

/** Everything about a series' readings but their times and values. One object for as long as the sender says the same. */
export interface IncomingMeter {
  meter: string
  kind: 'power' | 'counter' | 'delta'
  unit: ReadingUnit
  boundary: 'it' | 'facility'
  context: Context
  /** How its energy is known; left out, a meter told it. */
  method?: EnergyMethod
  /** The physical thing, as every exporter names it; two meters of one device count once. */
  device?: string | null
  component?: Component | null
  preference?: number
}

/** A value that passed judgement. Instants are milliseconds since 1970, UTC. */
export interface IncomingSample {
  at: number
  start: number | null
  value: number
}

/** A reading that passed judgement, whatever protocol brought it. */
export interface IncomingReading extends IncomingMeter, IncomingSample {}

/** Readings of one meter, in the order in which they came. */
export interface IncomingSeries {
  of: IncomingMeter
  samples: readonly IncomingSample[]
}

/** What the sender said of the workload and its place; one object is shared by all readings that say the same. */
export interface Context {
  run: string | null
  service: string | null
  model: string | null
  team: string | null
  stage: string | null
  site: string | null
  gridZone: string | null
  /** ISO country, where a protocol gives no zone. */
  country: string | null
  cloudRegion: string | null
  deployment: string | null
  pue: number | null
  gPerKwh: number | null
  hardware: string | null
  hardwareCount: number | null
}
