import { appPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { invariant } from '@/lib/errors'
import { referenceTables } from '@/lib/grid/zone-of'
import { writeSeriesDays } from '@/lib/ledger/series-days'
import { storeBatch } from '@/lib/ledger/store-batch'
import { DAY, dayName, dayStart, HOUR } from '@/lib/units/time'
import { type Accepted, daysBySeries, type ResolvedSamples, sealed, storeIn } from './accept'
import type { IncomingMeter, IncomingSeries } from './reading'
import { type ResolvedSeries, resolveSeries } from './resolve-series'

/**
 * How long a meter's place in the books is trusted. A site that is given another zone holds everywhere within this time; nothing else
 * of what a context resolves to can change.
 */
const TRUST_MS = 10_000
const MOST_DAYS = 4
/** Posting looks 7 h beyond a day and, where nothing is there, at the nearest reading: an hour more than that. */
const EDGE = 8 * HOUR

interface KnownSeries extends ResolvedSeries {
  orgId: string
  sourceId: string
  until: number
  /** Start of a day → the earliest time of that day at which the books are known to have a reading of the series. */
  days: Map<number, number>
}

/** Bounded by whoever holds the meters: what a receiver forgets is forgotten here. */
const known = new WeakMap<IncomingMeter, KnownSeries>()

/**
 * The fast door into the books, for whoever sends again and again: judged samples by meter → one committed batch of evidence, in one
 * round trip to the database. What the meters are is resolved once and remembered by the object `of`, so keep one object for
 * as long as a sender's series means the same (a mapper's answer), and pass a new one when it means something else. Commits in a
 * transaction of its own: write what belongs to the request beside it afterwards, idempotently. The same request again is stored once.
 * @throws AppError unavailable: nothing is known to be stored, and the same request may be sent again
 */
export const acceptSeries = async (request: {
  orgId: string
  keyId: string | null
  sourceId: string
  series: IncomingSeries[]
}): Promise<Omit<Accepted, 'contexts'>> => {
  const { orgId } = request
  const series = request.series.filter(({ samples }) => samples.length > 0)
  if (series.length === 0) return { accepted: 0, duplicate: 0, days: [] }
  const now = Date.now()
  const told = await resolvedOf(request, series, now)

  const touched = new Set<number>()
  const isNew = new Set<ResolvedSamples>()
  for (const one of told) if (!touch(one, now, touched)) isNew.add(one)
  if (isNew.size === 0) {
    const { batch, repeats } = sealed(request, told)
    const days = [...touched].sort((a, b) => a - b).map(dayName)
    const batchId = await storeBatch(orgId, batch, days)
    return batchId === null
      ? { accepted: 0, duplicate: batch.readings + repeats, days: [] }
      : { accepted: batch.readings, duplicate: repeats, days }
  }
  const answer = await withOrgSql(appPool(), orgId, async (tx) => {
    const opened = await writeSeriesDays(
      tx,
      orgId,
      daysBySeries(told, (one) => isNew.has(one)),
    )
    for (const day of touched) opened.add(dayName(day))
    return storeIn(tx, request, told, [...opened].sort())
  })
  for (const one of isNew) remember(one)
  return answer
}

type Told = ResolvedSamples & { of: KnownSeries }

const resolvedOf = async (
  { orgId, sourceId }: { orgId: string; sourceId: string },
  series: IncomingSeries[],
  now: number,
): Promise<Told[]> => {
  const stale = series.map(({ of }) => of).filter((of) => !isFresh(known.get(of), orgId, sourceId, now))
  if (stale.length > 0) {
    const pool = appPool()
    const tables = await referenceTables(pool)
    const meters = [...new Set(stale)]
    const { resolved } = await withOrgSql(pool, orgId, (tx) => resolveSeries(tx, { orgId, sourceId, tables, meters }))
    for (const [of, found] of resolved) {
      const before = known.get(of)
      const days = before?.seriesId === found.seriesId ? before.days : new Map<number, number>()
      known.set(of, { ...found, orgId, sourceId, days, until: now + TRUST_MS })
    }
  }
  return series.map(({ of, samples }) => {
    const found = known.get(of)
    invariant(found, 'every meter of a request is resolved')
    return { of: found, samples }
  })
}

const isFresh = (found: KnownSeries | undefined, orgId: string, sourceId: string, now: number): boolean =>
  found !== undefined && found.until > now && found.orgId === orgId && found.sourceId === sourceId

/**
 * Adds the days that the samples touch, as far as that can be told without asking the books: those that a sample bears on; the day before
 * when it stands near its start; and the day after where one can have readings already, which in the stream of today none can. False
 * where the books must be asked: a day or an earlier time that is new to the series, or an older day, after which readings may
 * stand that this process does not know of.
 */
const touch = ({ of, samples }: Told, now: number, touched: Set<number>): boolean => {
  const newest = now + HOUR
  for (const { at, start } of samples) {
    const day = dayStart(at)
    const first = of.days.get(day)
    if (first === undefined || at < first || day + 2 * DAY <= newest) return false
    const begins = start ?? at
    let from = day
    for (; begins < from; from -= DAY) {
      if (!of.days.has(from - DAY)) return false
      touched.add(from - DAY)
    }
    touched.add(day)
    if (begins < from + EDGE) touched.add(from - DAY)
    if (day + DAY <= newest) touched.add(day + DAY)
  }
  return true
}

const remember = ({ of, samples }: ResolvedSamples): void => {
  const { days } = of as KnownSeries
  for (const { at, start } of samples) {
    const day = dayStart(at)
    const first = days.get(day)
    if (first === undefined || at < first) days.set(day, at)
    // An interval bears on the days before; no reading's own time is known there.
    for (let from = day; from > (start ?? at) && day - from < MOST_DAYS * DAY; from -= DAY)
      if (!days.has(from - DAY)) days.set(from - DAY, Number.POSITIVE_INFINITY)
  }
  if (days.size > MOST_DAYS)
    for (const day of [...days.keys()].sort((a, b) => a - b).slice(0, days.size - MOST_DAYS)) days.delete(day)
}
