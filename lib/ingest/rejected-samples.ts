import type { RejectionReason } from '@/lib/contracts/readings'
import { newId } from '@/lib/db/ids'
import type { Tx } from '@/lib/db/with-org-sql'
import { printable } from './mapping/map-series'
import type { MetricProtocol } from './metric-source'
import type { WireSample, WireSeries } from './wire/wire-series'

/** A request's refused items that are kept as they came; the others are counted. */
export const MOST_KEPT_OF_A_REQUEST = 20
const MOST_KEPT_OF_A_SOURCE = 500
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
  if (rejected.length === 0) return
  await tx.query(
    `insert into rejected_reading (org_id, source_id, rejection_id, reason, payload)
     select $1, $2, * from unnest($3::uuid[], $4::text[], $5::jsonb[])`,
    [
      orgId,
      sourceId,
      rejected.map(() => newId()),
      rejected.map(({ reason }) => reason),
      rejected.map((one) => JSON.stringify(payloadOf(protocol, one))),
    ],
  )
  await tx.query(
    `delete from rejected_reading where org_id = $1 and source_id = $2 and rejection_id in (
       select rejection_id from rejected_reading where org_id = $1 and source_id = $2
       order by received_at desc, rejection_id desc offset $3)`,
    [orgId, sourceId, MOST_KEPT_OF_A_SOURCE],
  )
}
