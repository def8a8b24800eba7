import type { Tx } from '@/lib/db/with-org-sql'
import { invariant } from '@/lib/errors'
import type { ReferenceTables } from '@/lib/grid/zone-of'
import { daysOfRow, writeBatch } from '@/lib/ledger/batches'
import type { BatchRow } from '@/lib/ledger/codec'
import { openDays } from '@/lib/ledger/open-days'
import { type SeriesIdentity, seriesIdOf, writeSeries } from '@/lib/ledger/series'
import { writeSeriesDays } from '@/lib/ledger/series-days'
import type { Context, IncomingReading } from './reading'
import { type ResolvedContext, resolveContexts } from './resolve-context'

/** The meter of readings that no device gave: energy activities. */
export const ACTIVITY_METER = 'activity'

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
  const { orgId, readings } = request
  const contexts = await resolveContexts(tx, orgId, request.tables, [...new Set(readings.map((one) => one.context))])
  const { rows, repeats, series, attributionIds } = asRows(request, contexts)
  if (rows.length === 0) return { accepted: 0, duplicate: repeats, days: [], contexts }

  const seriesIds = [...series.keys()]
  await writeSeries(tx, orgId, series)
  const batchId = await writeBatch(tx, orgId, {
    sourceId: request.sourceId,
    keyId: request.keyId,
    seriesIds,
    attributionIds,
    rows,
  })
  if (batchId === null) return { accepted: 0, duplicate: readings.length, days: [], contexts }

  const touched = await writeSeriesDays(tx, orgId, daysBySeries(seriesIds, rows))
  const days = [...touched].sort()
  await openDays(tx, orgId, days)
  return { accepted: rows.length, duplicate: repeats, days, contexts }
}

const asRows = (
  { orgId, sourceId, readings }: { orgId: string; sourceId: string; readings: IncomingReading[] },
  contexts: Map<Context, ResolvedContext>,
) => {
  const series = new Map<string, SeriesIdentity>()
  const seriesIndex = new Map<string, number>()
  const attributionIndex = new Map<string, number>()
  // The id is a digest; readings of one meter in one context need it once.
  const seriesOf = new Map<Context, Map<string, number>>()
  const rows: BatchRow[] = []
  const seen = new Set<string>()
  let repeats = 0

  const indexOf = (reading: IncomingReading, resolved: ResolvedContext): number => {
    const byMeter = seriesOf.get(reading.context) ?? new Map<string, number>()
    seriesOf.set(reading.context, byMeter)
    const { method = 'metered' } = reading
    const name = `${reading.kind} ${reading.unit} ${reading.boundary} ${method} ${reading.meter}`
    const known = byMeter.get(name)
    if (known !== undefined) return known
    const identity: SeriesIdentity = {
      sourceId,
      // An activity is told of its run; a meter at a site is one physical thing, whichever run it serves.
      siteId: reading.meter === ACTIVITY_METER ? null : resolved.siteId,
      workloadId: reading.meter === ACTIVITY_METER || resolved.siteId === null ? resolved.workloadId : null,
      meter: reading.meter,
      kind: reading.kind,
      unit: reading.unit,
      boundary: reading.boundary,
      method,
      device: reading.device,
      component: reading.component,
      preference: reading.preference,
    }
    const seriesId = seriesIdOf(orgId, identity)
    series.set(seriesId, identity)
    const index = seriesIndex.get(seriesId) ?? seriesIndex.size
    seriesIndex.set(seriesId, index)
    byMeter.set(name, index)
    return index
  }

  for (const reading of readings) {
    const resolved = contexts.get(reading.context)
    invariant(resolved, 'every context of a request is resolved')
    const index = indexOf(reading, resolved)
    const key = `${index} ${reading.start} ${reading.at} ${reading.value}`
    if (seen.has(key)) {
      repeats++
      continue
    }
    seen.add(key)
    const attribution = attributionIndex.get(resolved.attributionId) ?? attributionIndex.size
    attributionIndex.set(resolved.attributionId, attribution)
    rows.push({ series: index, attribution, at: reading.at, start: reading.start, value: reading.value })
  }
  return { rows, repeats, series, attributionIds: [...attributionIndex.keys()] }
}

const daysBySeries = (seriesIds: string[], rows: BatchRow[]): Map<string, Set<string>> => {
  const days = new Map<string, Set<string>>()
  for (const row of rows) {
    const seriesId = seriesIds[row.series]
    invariant(seriesId, 'a row names a series of its batch')
    const known = days.get(seriesId) ?? new Set()
    for (const day of daysOfRow(row)) known.add(day)
    days.set(seriesId, known)
  }
  return days
}
