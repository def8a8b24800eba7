import type { RejectionReason } from '@/lib/contracts/readings'
import { ingestMetrics, type MetricsOutcome } from './metrics'
import { decodeOtlpJson } from './wire/otlp-json'
import { decodeOtlpProtobuf } from './wire/otlp-protobuf'
import { decodePush } from './wire/push'
import { decodeRemoteWriteV1 } from './wire/remote-write-v1'
import { decodeRemoteWriteV2 } from './wire/remote-write-v2'
import { snappyDecompress } from './wire/snappy'

/** The receivers of metrics without their HTTP: who sends, and a body. */

const MAX_BYTES = 16 * 1024 * 1024

interface Sender {
  orgId: string
  keyId: string
  source: string | null
}

const totalOf = (rejected: Map<RejectionReason, number>): number =>
  [...rejected.values()].reduce((sum, one) => sum + one, 0)

/** `3 of 100 samples were refused (value_not_a_number 2, time_in_future 1): x at 17…: value_not_a_number` */
const refusalOf = ({ rejected, examples }: MetricsOutcome, all: number, what: string): string => {
  const reasons = [...rejected].map(([reason, count]) => `${reason} ${count}`).join(', ')
  return `${totalOf(rejected)} of ${all} ${what} were refused (${reasons}), for example ${examples.join('; ')}. The others are stored.`
}

/** Prometheus remote write, a snappy block. */
export const receiveRemoteWrite = async (sender: Sender, body: Buffer, version: 1 | 2) => {
  const bytes = snappyDecompress(body, MAX_BYTES)
  const decode = version === 1 ? decodeRemoteWriteV1 : decodeRemoteWriteV2
  const outcome = await ingestMetrics({ ...sender, protocol: 'prometheus' }, (visit) => decode(bytes, visit))
  const { samples, stale, histograms, exemplars } = outcome.counts
  const refused = totalOf(outcome.rejected)
  return {
    samples: samples + stale - refused,
    histograms,
    exemplars,
    refusal: refused === 0 ? null : refusalOf(outcome, samples + stale, 'samples'),
  }
}

/** OTLP metrics: bytes of protobuf, or JSON already parsed. */
export const receiveOtlp = async (
  sender: Sender,
  request: { encoding: 'protobuf'; bytes: Buffer } | { encoding: 'json'; value: unknown },
) => {
  const outcome = await ingestMetrics({ ...sender, protocol: 'otlp' }, (visit) =>
    request.encoding === 'protobuf' ? decodeOtlpProtobuf(request.bytes, visit) : decodeOtlpJson(request.value, visit),
  )
  const rejectedPoints = totalOf(outcome.rejected)
  return {
    rejectedPoints,
    message: rejectedPoints === 0 ? '' : refusalOf(outcome, outcome.counts.points, 'data points'),
  }
}

/** A push to `job/<job>[/<label>/<value>…]`. @param receivedAt when its request began: pushes that wait side by side keep their order */
export const receivePush = async (
  sender: Sender,
  path: string,
  body: Buffer,
  receivedAt: number,
): Promise<{ refusal: string | null }> => {
  const outcome = await ingestMetrics({ ...sender, protocol: 'pushgateway' }, (visit) =>
    decodePush(path, body, receivedAt, visit),
  )
  return { refusal: outcome.rejected.size === 0 ? null : refusalOf(outcome, outcome.counts.samples, 'samples') }
}
