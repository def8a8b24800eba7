import type { Component, EnergyMethod } from '@/lib/accounting/facts'
import type { ReadingUnit } from '@/lib/units/convert'

/** A reading that passed judgement, whatever protocol brought it. Instants are milliseconds since 1970, UTC. */
export interface IncomingReading {
  meter: string
  kind: 'power' | 'counter' | 'delta'
  unit: ReadingUnit
  boundary: 'it' | 'facility'
  at: number
  start: number | null
  value: number
  context: Context
  /** How its energy is known; left out, a meter told it. */
  method?: EnergyMethod
  /** The physical thing, as every exporter names it; two meters of one device count once. */
  device?: string
  component?: Component
  preference?: number
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
