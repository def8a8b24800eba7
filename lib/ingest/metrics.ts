import type { RejectionReason } from '@/lib/contracts/readings'
import { appPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { countRejections } from '@/lib/registry/sources'
import { DAY } from '@/lib/units/time'
import { acceptSeries } from './accept-series'
import { type DeliveredSeries, writeDeliveries } from './deliveries'
import { intervalFault, timeFault, valueFault } from './judge-reading'
import { countLeftOut } from './left-out'
import type { MappedMeter } from './mapping/map-series'
import { type MetricSender, metricSourceOf } from './metric-source'
import type { IncomingSample, IncomingSeries } from './reading'
import { keepRejected, MOST_KEPT_OF_A_REQUEST, type RejectedSample } from './rejected-samples'
import type { SeriesVisitor, WireSample, WireSeries } from './wire/wire-series'

/** More than any sender puts into one request; each costs memory until it is stored. */
const MOST_SAMPLES = 500_000
const MOST_SERIES = 100_000

export interface MetricsOutcome {
  accepted: number
  /** Told before, in this request or another. */
  duplicate: number
  /** Samples that are no energy, or whose energy another series tells. */
  leftOut: number
  /** Refused samples by reason. */
  rejected: Map<RejectionReason, number>
  /** The first refused ones in words, for the sender. */
  examples: string[]
}

/**
 * One request of a metrics protocol: its series are mapped, its samples judged, the good ones stored as one batch of evidence and the others
 * counted and kept with their reasons. When it returns, all of it is committed; when it throws unavailable, the same request may come again.
 * @param decode calls the visitor for each series; what it throws refuses the whole request and stores nothing
 */
export const ingestMetrics = async <Counts>(
  sender: MetricSender,
  decode: (visit: SeriesVisitor) => Counts,
): Promise<MetricsOutcome & { counts: Counts }> => {
  const { orgId, keyId, protocol } = sender
  const source = await metricSourceOf(sender)
  const now = Date.now()
  const readings: IncomingSeries[] = []
  const deliveries: DeliveredSeries[] = []
  const leftOut: { metric: string; reason: string; samples: number }[] = []
  const rejected = new Map<RejectionReason, number>()
  const kept: RejectedSample[] = []
  let samplesSeen = 0
  let seriesSeen = 0

  // Not made anew for each series: there may be thousands in a request, and nearly none is refused.
  const refuse = (series: WireSeries, sample: WireSample, reason: RejectionReason) => {
    rejected.set(reason, (rejected.get(reason) ?? 0) + 1)
    if (kept.length < MOST_KEPT_OF_A_REQUEST) kept.push({ series, sample, reason })
  }

  const counts = decode((key, tell, samples) => {
    samplesSeen += samples.length
    seriesSeen += 1
    if (samplesSeen > MOST_SAMPLES || seriesSeen > MOST_SERIES) {
      throw new AppError(
        'body_too_large',
        `More than ${MOST_SAMPLES} samples or ${MOST_SERIES} series. Send it in parts.`,
      )
    }
    const { mapped, series } = source.mappedOf(key, tell)
    if (mapped.is === 'left_out') {
      leftOut.push({ metric: series.metric, reason: mapped.reason, samples: samples.length })
    } else if (mapped.is === 'delivery') {
      const good = samples.filter((sample) => {
        const fault = deliveryFault(sample) ?? timeFault(sample.at, now)
        if (fault) refuse(series, sample, fault)
        return fault === null
      })
      if (good.length > 0) deliveries.push({ key, mapped, samples: good })
    } else {
      let good: readonly IncomingSample[] = samples
      if (
        !samples.every((sample) => startOf(mapped, sample) === sample.start && faultOf(mapped, sample, now) === null)
      ) {
        good = samples.flatMap((sample) => {
          const judged = { ...sample, start: startOf(mapped, sample) }
          const fault = faultOf(mapped, judged, now)
          if (fault) refuse(series, sample, fault)
          return fault ? [] : [judged]
        })
      }
      // The mapper gives one object for as long as a series means the same: by it the books remember the series.
      if (good.length > 0) readings.push({ of: mapped, samples: good })
    }
  })

  const stored = await store()
  for (const { metric, reason, samples } of leftOut)
    countLeftOut({ orgId, sourceId: source.sourceId }, metric, reason, samples)
  return {
    counts,
    ...stored,
    leftOut: leftOut.reduce((sum, { samples }) => sum + samples, 0),
    rejected,
    examples: kept.slice(0, 3).map(({ series, sample, reason }) => `${series.metric} at ${sample.at}: ${reason}`),
  }

  // What stands beside the readings is idempotent, and comes after them: a sender that is told to send again finds them stored.
  async function store(): Promise<{ accepted: number; duplicate: number }> {
    const { sourceId } = source
    const { accepted, duplicate } = await acceptSeries({ orgId, keyId, sourceId, series: readings })
    if (deliveries.length === 0 && rejected.size === 0) return { accepted, duplicate }
    return withOrgSql(appPool(), orgId, async (tx) => {
      const delivered = await writeDeliveries(tx, orgId, { sourceId, name: `${protocol} ${source.name}` }, deliveries)
      await countRejections(tx, orgId, sourceId, rejected)
      await keepRejected(tx, orgId, { sourceId, protocol }, kept)
      return { accepted: accepted + delivered, duplicate }
    })
  }
}

const faultOf = ({ kind, unit }: MappedMeter, { at, start, value }: WireSample, now: number): RejectionReason | null =>
  valueFault(kind, unit, value) ??
  timeFault(at, now) ??
  (kind === 'delta' && start !== null ? intervalFault(start, at) : null)

const deliveryFault = ({ value }: WireSample): RejectionReason | null => {
  if (!Number.isFinite(value)) return 'value_not_a_number'
  if (value < 0) return 'value_negative'
  return value > 1e18 ? 'value_too_large' : null
}

/**
 * A delta's interval as it is told. A counter's start matters only while it is fresh: it tells that the counter began anew since the
 * reading before. One older than a day is
 * dropped, because a reading bears on every day back to its start.
 */
export const startOf = ({ kind }: MappedMeter, { at, start }: WireSample): number | null => {
  if (start === null || kind === 'power') return null
  if (kind === 'delta') return start
  return start < at && at - start <= DAY ? start : null
}
