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
  /** null: a meter of a whole site, which holds all of its machines. */
  component: Component | null
  /** Where one metric measures several parts, the label that says which; a value that is not listed is part of what these tell. */
  componentBy?: { label: string[]; values: Record<string, Component> }
  /** Labels that tell this meter from its neighbours, in order; the first present of each group. */
  meter: string[][]
  /** The label that names the physical thing as every exporter does; without one the machine and its part name it. */
  device: string[] | null
  hardware: string[] | null
  /**
   * workload: the labels name who used it, and where they name nobody it is left out, being part of what its machine tells.
   * machine: a meter of the machine itself, which the site's workloads are part of.
   * device: the whole of a device, held by the workload that the labels name or, idle, by nobody.
   */
  level: 'workload' | 'machine' | 'device'
  /**
   * Of several series of one device the lowest goes first: a counter before samples, the device's own exporter before others. Each exporter
   * has ten: on one machine and part, series of a lower ten stand in for those of a higher one.
   */
  preference: number
  /** Labels of this exporter that name the run, before those that every exporter has. */
  run?: string[]
  /** A pod whose name or container's name holds this is the exporter's own and not who used the device. */
  ownPods?: RegExp
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
