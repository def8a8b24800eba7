import type { Label, SeriesVisitor, Temporality, WireSample } from './wire-series'

/** opentelemetry.proto.metrics.v1.AggregationTemporality */
const DELTA = 1
const CUMULATIVE = 2

export interface OtlpCounts {
  points: number
  /** Histograms, summaries and points without a number: told to the sender as rejected. */
  unsupported: number
  /** Points that say that no value was recorded. */
  empty: number
}

export const noPoints = (): OtlpCounts => ({ points: 0, unsupported: 0, empty: 0 })

export interface OtlpMetric {
  name: string
  unit: string
  kind: 'gauge' | 'sum' | 'other'
  aggregation: number
  isMonotonic: boolean
}

export interface OtlpPoint {
  attributes: Label[]
  start: number
  at: number
  value: number | null
  flags: number
}

/** DataPointFlags: no value was recorded. */
const NO_RECORDED_VALUE = 1

const temporalityOf = ({ kind, aggregation, isMonotonic }: OtlpMetric): Temporality => {
  if (kind === 'gauge') return 'gauge'
  if (aggregation === DELTA) return 'delta'
  // A sum that may fall is a level, not a counter.
  return aggregation === CUMULATIVE ? (isMonotonic ? 'cumulative' : 'gauge') : 'unknown'
}

/**
 * Points of one metric → series: one for each set of attributes, the resource's attributes before the point's own, which stand
 * where both name one.
 */
export const visitMetric = (
  resource: Label[],
  metric: OtlpMetric,
  points: OtlpPoint[],
  counts: OtlpCounts,
  visit: SeriesVisitor,
): void => {
  const temporality = temporalityOf(metric)
  const series = new Map<string, { labels: Label[]; samples: WireSample[] }>()
  for (const point of points) {
    if (point.flags & NO_RECORDED_VALUE) {
      counts.empty += 1
      continue
    }
    if (point.value === null) {
      counts.unsupported += 1
      continue
    }
    counts.points += 1
    const byName = new Map([...resource, ...point.attributes].map((label) => [label.name, label.value]))
    const labels = [...byName].map(([name, value]) => ({ name, value })).sort((a, b) => (a.name < b.name ? -1 : 1))
    const key = JSON.stringify(labels.map(({ name, value }) => [name, value]))
    const known = series.get(key) ?? { labels, samples: [] }
    series.set(key, known)
    known.samples.push({ at: point.at, start: point.start > 0 ? point.start : null, value: point.value })
  }
  for (const [key, { labels, samples }] of series) {
    const tell = () => ({ metric: metric.name, labels, unit: metric.unit || null, temporality })
    visit(`${metric.name}\n${metric.unit}\n${temporality}\n${key}`, tell, samples)
  }
}
