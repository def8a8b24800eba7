import type { Tx } from '@/lib/db/with-org-sql'
import { invariant } from '@/lib/errors'
import type { ReferenceTables } from '@/lib/grid/zone-of'
import { daysOfRow, type SealedBatch, sealColumns, sealRows, writeBatch } from '@/lib/ledger/batches'
import type { BatchRow } from '@/lib/ledger/codec'
import { columnsOf, type SeriesSamples } from '@/lib/ledger/columns'
import { holdEvidence } from '@/lib/ledger/evidence-gate'
import { writeSeriesDays } from '@/lib/ledger/series-days'
import type { Context, IncomingReading, IncomingSample, IncomingSeries } from './reading'
import type { ResolvedContext } from './resolve-context'
import { type ResolvedSeries, resolveSeries } from './resolve-series'

export { ACTIVITY_METER } from './resolve-series'

export interface Accepted {
  accepted: number
  /** Repeats inside the request, or all of it when the same request is in the books already. */
  duplicate: number
  /** UTC days that will be posted anew. */
  days: string[]
  contexts: Map<Context, ResolvedContext>
}

/**
 * Writes judged readings as one batch of evidence and opens the days that they touch, in the caller's transaction: once that
 * commits, they survive. Whether a reading repeats an earlier request's is decided at posting, from the evidence.
 * Call it once a transaction. Senders of many readings a second go by `acceptSeries` (./accept-series).
 */
export const acceptReadings = async (
  tx: Tx,
  request: {
    orgId: string
    keyId: string | null
    sourceId: string
    tables: ReferenceTables
    readings: IncomingReading[]
  },
): Promise<Accepted> => {
  const { orgId, sourceId, tables, readings } = request
  const series = seriesOf(readings)
  const meters = series.map(({ of }) => of)
  const { resolved, contexts } = await resolveSeries(tx, { orgId, sourceId, tables, meters })
  if (readings.length === 0) return { accepted: 0, duplicate: 0, days: [], contexts }
  const told = series.map(({ of, samples }): ResolvedSamples => {
    const known = resolved.get(of)
    invariant(known, 'every meter of a request is resolved')
    return resolvedSamples(known, samples)
  })
  const touched = await writeSeriesDays(tx, orgId, daysBySeries(told))
  return { ...(await storeIn(tx, request, told, [...touched].sort())), contexts }
}

/** Readings → those of each meter. The order of receipt stays among all readings of a meter, whichever run they are of. */
const seriesOf = (readings: IncomingReading[]): IncomingSeries[] => {
  const series: { of: IncomingReading; samples: IncomingSample[] }[] = []
  const lastOf = new Map<string, { of: IncomingReading; samples: IncomingSample[] }>()
  for (const reading of readings) {
    const { kind, unit, boundary, method = 'metered', meter, context } = reading
    const name = `${kind} ${unit} ${boundary} ${method} ${meter}`
    const last = lastOf.get(name)
    if (last?.of.context === context) last.samples.push(reading)
    else {
      const fresh = { of: reading, samples: [reading] }
      lastOf.set(name, fresh)
      series.push(fresh)
    }
  }
  return series
}

/** The numbers stand beside the samples as columns want them; null for rows that an earlier version wrote without. */
export interface ResolvedSamples {
  of: ResolvedSeries
  series: number | null
  attribution: number | null
  samples: readonly IncomingSample[]
}

export const resolvedSamples = <Of extends ResolvedSeries>(of: Of, samples: readonly IncomingSample[]) => ({
  of,
  series: of.number,
  attribution: of.attributionNumber,
  samples,
})

const isNumbered = (one: ResolvedSamples): one is ResolvedSamples & SeriesSamples =>
  one.series !== null && one.attribution !== null

/** On which days each series was read. */
export const daysBySeries = (told: ResolvedSamples[]): Map<string, Set<string>> => {
  const days = new Map<string, Set<string>>()
  for (const { of, samples } of told) {
    const known = days.get(of.seriesId) ?? new Set()
    for (const sample of samples) for (const day of daysOfRow(sample)) known.add(day)
    days.set(of.seriesId, known)
  }
  return days
}

/** Stores a sealed request behind the gate of the days that it touches. */
export const storeIn = async (
  tx: Tx,
  request: { orgId: string; keyId: string | null; sourceId: string },
  told: ResolvedSamples[],
  touched: string[],
): Promise<Omit<Accepted, 'contexts'>> => {
  const { batch, repeats } = sealed(request, told)
  await holdEvidence(tx, request.orgId, touched)
  const batchId = await writeBatch(tx, request.orgId, batch, touched)
  return batchId === null
    ? { accepted: 0, duplicate: batch.readings + repeats, days: [] }
    : { accepted: batch.readings, duplicate: repeats, days: touched }
}

/** @param told at least one sample */
export const sealed = (
  { keyId, sourceId }: { keyId: string | null; sourceId: string },
  told: ResolvedSamples[],
): { batch: SealedBatch; repeats: number } => {
  if (!told.every(isNumbered)) return sealedRows({ keyId, sourceId }, told)
  const { columns, repeats } = columnsOf(told)
  return { batch: sealColumns(columns, { sourceId, keyId }), repeats }
}

const sealedRows = (
  of: { keyId: string | null; sourceId: string },
  told: ResolvedSamples[],
): { batch: SealedBatch; repeats: number } => {
  const seriesIds = [...new Set(told.map((one) => one.of.seriesId))]
  const attributionIds = [...new Set(told.map((one) => one.of.attributionId))]
  const seriesIndex = new Map(seriesIds.map((id, index) => [id, index]))
  const attributionIndex = new Map(attributionIds.map((id, index) => [id, index]))
  const rows: BatchRow[] = []
  const seen = new Set<string>()
  let repeats = 0
  for (const { of: known, samples } of told) {
    const series = seriesIndex.get(known.seriesId) as number
    const attribution = attributionIndex.get(known.attributionId) as number
    for (const { at, start, value } of samples) {
      const key = `${series} ${start} ${at} ${value}`
      if (seen.has(key)) repeats++
      else {
        seen.add(key)
        rows.push({ series, attribution, at, start, value })
      }
    }
  }
  return { batch: sealRows(rows, { ...of, seriesIds, attributionIds }), repeats }
}
