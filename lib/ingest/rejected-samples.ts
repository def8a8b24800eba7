import type { RejectionReason } from '@/lib/contracts/readings'
import type { Tx } from '@/lib/db/with-org-sql'
import { keepRejectedItems } from './keep-rejected'
import { printable } from './mapping/map-series'
import type { MetricProtocol } from './metric-source'
import type { WireSample, WireSeries } from './wire/wire-series'

/** A request's refused items that are kept as they came; the others are counted. */
export const MOST_KEPT_OF_A_REQUEST = 20
const MOST_LABELS = 40

export interface RejectedSample {
  series: WireSeries
  sample: WireSample
  reason: RejectionReason
}

/** The item as it came, as JSON: NaN and infinities have no number there, so they are written out. */
const payloadOf = (protocol: MetricProtocol, { series, sample }: RejectedSample) => ({
  protocol,
  metric: printable(series.metric) ?? '-',
  labels: Object.fromEntries(
    series.labels.slice(0, MOST_LABELS).map(({ name, value }) => [printable(name) ?? '-', printable(value) ?? '']),
  ),
  unit: printable(series.unit, 40),
  temporality: series.temporality,
  at: sample.at,
  start: sample.start,
  value: Number.isFinite(sample.value) && !Object.is(sample.value, -0) ? sample.value : String(sample.value),
})

/** Keeps refused items with their reasons, the newest of each source, so that they can be mended and sent again. */
export const keepRejected = async (
  tx: Tx,
  orgId: string,
  { sourceId, protocol }: { sourceId: string; protocol: MetricProtocol },
  rejected: RejectedSample[],
): Promise<void> => {
  await keepRejectedItems(
    tx,
    orgId,
    sourceId,
    rejected.map((one) => ({ reason: one.reason, with: payloadOf(protocol, one), item: null })),
  )
}
