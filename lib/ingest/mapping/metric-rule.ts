import type { Component } from '@/lib/accounting/facts'
import type { ReadingUnit } from '@/lib/units/convert'

/** What a metric of an exporter is to the books. */
export interface EnergyRule {
  is: 'energy'
  exporter: string
  metric: string
  kind: 'power' | 'counter' | 'delta'
  unit: ReadingUnit
  boundary: 'it' | 'facility'
  component: Component
  /** Labels that tell this meter from its neighbours, in order; the first present of each group. */
  meter: string[][]
  /** The physical thing as every exporter names it. */
  device: string[] | null
  hardware: string[] | null
  /** workload: the labels name who used it. machine: a meter of the machine itself, which the site's workloads are part of. */
  level: 'workload' | 'machine'
  /** Of several series of one device the lowest goes first: a counter before samples, the device's own exporter before others. */
  preference: number
  /** Only series whose label has one of these values; the others are parts of what these tell. */
  only?: { label: string; values: string[] }
}

/** A part or a whole of what another metric of the same exporter tells. */
export interface OverlapRule {
  is: 'overlap'
  exporter: string
  metric: string
  of: string
}

/** A functional unit: what a service delivered. */
export interface DeliveryRule {
  is: 'delivery'
  exporter: string
  metric: string
  unit: string
  /** Where the same metric counts several things: a label and the value that means this one. */
  only?: { label: string; values: string[] }
  /** A gauge that tells only the last request of an interval: shown as lossy. */
  lossy?: true
}

export type MetricRule = EnergyRule | OverlapRule | DeliveryRule
