import { appPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { invariant } from '@/lib/errors'
import { referenceTables } from '@/lib/grid/zone-of'
import { writeSeriesDays } from '@/lib/ledger/series-days'
import { storeBatch } from '@/lib/ledger/store-batch'
import { DAY, dayName, dayStart, HOUR } from '@/lib/units/time'
import { type Accepted, daysBySeries, type ResolvedSamples, resolvedSamples, sealed, storeIn } from './accept'
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
  /** The day last told of, and the earliest time of it at which the books are known to have a reading of the series. */
  day: number
  first: number
  /** The same of other days. */
  days: Map<number, number>
}

/** Kept on the meter itself, which costs no look-up, and bounded by whoever holds it: what a receiver forgets is forgotten here. */
const PLACE = Symbol('place in the books')
type Known = IncomingMeter & { [PLACE]?: KnownSeries }

/**
 * The fast door into the books, for whoever sends again and again: judged samples by meter → one committed batch of evidence, in one
 * round trip to the database. What the meters are is resolved once and remembered by the object `of`, so keep one object for
 * as long as a sender's series means the same (a mapper's answer), and pass a new one when it means something else. Commits in a
 * transaction of its own: write what belongs to the request beside it afterwards, idempotently. The same request again is stored once.
 * @param request each series with at least one sample
 * @throws AppError unavailable: nothing is known to be stored, and the same request may be sent again
 */
export const acceptSeries = async (request: {
  orgId: string
  keyId: string | null
  sourceId: string
  series: IncomingSeries[]
}): Promise<Omit<Accepted, 'contexts'>> => {
  const { orgId } = request
  if (request.series.length === 0) return { accepted: 0, duplicate: 0, days: [] }
  const now = Date.now()
  const told = recalled(request, now) ?? (await resolved(request, now))

  const touched = new Set<number>()
  const isNew = touch(told, now, touched)
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
  for (const one of isNew) remember(one as Told)
  return answer
}

type Told = ResolvedSamples & { of: KnownSeries }

const nothingSeen = () => ({ day: Number.NaN, first: Number.NaN, days: new Map<number, number>() })

/** What is remembered of all of them, or null when something is not, or no longer trusted. */
const recalled = (
  { orgId, sourceId, series }: { orgId: string; sourceId: string; series: IncomingSeries[] },
  now: number,
): Told[] | null => {
  const told: Told[] = []
  for (const { of, samples } of series) {
    const found = (of as Known)[PLACE]
    if (found === undefined || found.until <= now || found.orgId !== orgId || found.sourceId !== sourceId) return null
    told.push(resolvedSamples(found, samples))
  }
  return told
}

const resolved = async (
  request: { orgId: string; sourceId: string; series: IncomingSeries[] },
  now: number,
): Promise<Told[]> => {
  const { orgId, sourceId } = request
  const pool = appPool()
  const tables = await referenceTables(pool)
  const meters = [...new Set(request.series.map(({ of }) => of))]
  const answer = await withOrgSql(pool, orgId, (tx) => resolveSeries(tx, { orgId, sourceId, tables, meters }))
  for (const [of, found] of answer.resolved) {
    const meter: Known = of
    const before = meter[PLACE]
    const seen = before?.seriesId === found.seriesId ? before : nothingSeen()
    meter[PLACE] = {
      ...found,
      orgId,
      sourceId,
      until: now + TRUST_MS,
      day: seen.day,
      first: seen.first,
      days: seen.days,
    }
  }
  const told = recalled(request, now)
  invariant(told, 'every meter of a request is resolved')
  return told
}

/**
 * Adds the days that the samples touch, as far as that can be told without asking the books: those that a sample bears on; the day before
 * when it stands near its start; and the day after where one can have readings already, which in the stream of today none can.
 * Returns the series of which the books must be asked: a day or an earlier time that is new to it, or an older day, after which
 * readings may stand that this process does not know of.
 */
const touch = (told: Told[], now: number, touched: Set<number>): Set<ResolvedSamples> => {
  const newest = now + HOUR
  const isNew = new Set<ResolvedSamples>()
  // Nearly all samples of a request fall into one day and one side of its edge: what that touches is added once.
  let noted = Number.NaN
  let notedEdge = false
  for (const one of told) {
    const { of, samples } = one
    for (const { at, start } of samples) {
      const begins = start ?? at
      if (begins >= of.day && at < of.day + DAY && at >= of.first && of.day === noted) {
        if (notedEdge || begins >= of.day + EDGE) continue
      }
      const day = dayStart(at)
      const first = day === of.day ? of.first : of.days.get(day)
      if (first === undefined || at < first || day + 2 * DAY <= newest || !knowsInterval(of, begins, day)) {
        isNew.add(one)
        break
      }
      let from = day
      for (; begins < from; from -= DAY) touched.add(from - DAY)
      touched.add(day)
      const isEdge = begins < from + EDGE
      if (isEdge) touched.add(from - DAY)
      if (day + DAY <= newest) touched.add(day + DAY)
      notedEdge = isEdge && from === day ? true : noted === day && notedEdge
      noted = day
    }
  }
  return isNew
}

const knowsInterval = ({ day: last, days }: KnownSeries, begins: number, day: number): boolean => {
  for (let from = day; begins < from; from -= DAY) if (from - DAY !== last && !days.has(from - DAY)) return false
  return true
}

const remember = ({ of, samples }: Told): void => {
  const note = (day: number, first: number) => {
    const before = day === of.day ? of.first : of.days.get(day)
    if (before !== undefined && before <= first) return
    if (day === of.day) of.first = first
    else of.days.set(day, first)
  }
  for (const { at, start } of samples) {
    const day = dayStart(at)
    note(day, at)
    // An interval bears on the days before; no reading's own time is known there.
    for (let from = day; from > (start ?? at) && day - from < MOST_DAYS * DAY; from -= DAY)
      note(from - DAY, Number.POSITIVE_INFINITY)
  }
  const newest = Math.max(...of.days.keys(), Number.isNaN(of.day) ? Number.NEGATIVE_INFINITY : of.day)
  if (newest !== of.day) {
    if (!Number.isNaN(of.day)) of.days.set(of.day, of.first)
    of.day = newest
    of.first = of.days.get(newest) as number
    of.days.delete(newest)
  }
  if (of.days.size > MOST_DAYS)
    for (const day of [...of.days.keys()].sort((a, b) => a - b).slice(0, of.days.size - MOST_DAYS)) of.days.delete(day)
}
