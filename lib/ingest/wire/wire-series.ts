/** What every metrics protocol comes down to: a series that names itself by labels, and its samples. */

export interface Label {
  name: string
  value: string
}

/** gauge: the value at a time; cumulative: a counter since `start`; delta: what flowed in [start, at). */
export type Temporality = 'gauge' | 'cumulative' | 'delta' | 'unknown'

export interface WireSeries {
  /** The metric, as the sender names it. */
  metric: string
  /** Without the metric's own name, in the order of their names; the last of two equal names stands. */
  labels: Label[]
  unit: string | null
  temporality: Temporality
}

export interface WireSample {
  at: number
  /** Milliseconds since 1970; null where the protocol tells none. */
  start: number | null
  value: number
}

/** Called for each series of a request, in its order. `key` tells it from every other series of the same protocol: for caches. */
export type SeriesVisitor = (key: string, series: () => WireSeries, samples: WireSample[]) => void

/** More than any exporter has; a request beyond it is a mistake or an attack. */
export const MOST_LABELS = 128
