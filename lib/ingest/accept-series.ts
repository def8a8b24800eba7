import { appPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { invariant } from '@/lib/errors'
import { referenceTables } from '@/lib/grid/zone-of'
import { writeSeriesDays } from '@/lib/ledger/series-days'
import { storeBatch } from '@/lib/ledger/store-batch'
import { DAY, dayName, HOUR } from '@/lib/units/time'
import { type Accepted, daysBySeries, type ResolvedSamples, resolvedSamples, sealed, storeIn } from './accept'
import type { IncomingMeter, IncomingSeries } from './reading'
import { type ResolvedSeries, resolveSeries } from './resolve-series'

/**
 * How long a meter's place in the books is trusted. A site that is given another zone holds everywhere within this time; nothing else
 * of what a context resolves to can change.
 */
const TRUST_MS = 10_000
const MOST_DAYS = 4
const MOST_LOOKS = 5
/** Posting looks 7 h beyond a day and, where nothing is there, at the nearest reading: an hour more than that. */
const EDGE = 8 * HOUR

/** What is remembered of one source's series: trusted while its epoch lasts. */
interface Book {
  epoch: number
  until: number
}
const MOST_BOOKS = 10_000
const books = new Map<string, Book>()

const bookOf = (orgId: string, sourceId: string, now: number): Book => {
  const key = `${orgId} ${sourceId}`
  let book = books.get(key)
  if (!book) {
    if (books.size >= MOST_BOOKS) books.clear()
    book = { epoch: 0, until: now + TRUST_MS }
    books.set(key, book)
  }
  if (book.until <= now) {
    book.epoch += 1
    book.until = now + TRUST_MS
  }
  return book
}

/** All small integers, so that a request of thousands of series follows few pointers. Days are counted since 1970. */
interface KnownSeries extends ResolvedSeries {
  book: Book
  epoch: number
  /** The newest day told of, and the earliest millisecond of it at which the books are known to have a reading of the series. */
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
  const { orgId, sourceId } = request
  if (request.series.length === 0) return { accepted: 0, duplicate: 0, days: [] }
  const now = Date.now()
  const book = bookOf(orgId, sourceId, now)
  let recalled = recall(request.series, book, now)
  // Another request may have begun a new epoch while the books were asked.
  for (let look = 0; recalled === null && look < MOST_LOOKS; look += 1) {
    await resolve(request, book)
    recalled = recall(request.series, book, now)
  }
  invariant(recalled, 'every meter of a request is resolved')
  const { told, touched, isNew } = recalled
  if (isNew.size === 0) {
    const { batch, repeats } = sealed(request, told)
    const days = [...touched].sort((a, b) => a - b).map(nameOfDay)
    const batchId = await storeBatch(orgId, batch, days)
    return batchId === null
      ? { accepted: 0, duplicate: batch.readings + repeats, days: [] }
      : { accepted: batch.readings, duplicate: repeats, days }
  }
  const answer = await withOrgSql(appPool(), orgId, async (tx) => {
    const opened = await writeSeriesDays(tx, orgId, daysBySeries([...isNew]))
    for (const day of touched) opened.add(nameOfDay(day))
    return storeIn(tx, request, told, [...opened].sort())
  })
  for (const one of isNew) remember(one)
  return answer
}

type Told = ResolvedSamples & { of: KnownSeries }

const nameOfDay = (day: number): string => dayName(day * DAY)

interface Recalled {
  told: Told[]
  /** Days that the samples touch, as far as that can be told without asking the books. */
  touched: Set<number>
  /** Series of which the books must be asked. */
  isNew: Set<Told>
}

/**
 * What is remembered of the series, or null when something of it is not, or no longer trusted. A sample touches the days that it bears on; the
 * day before when it stands near its start; and the day after where one can have readings already, which in the stream of today
 * none can. The books must be asked for a day or an earlier time that is new to a series, and for an older day, after which
 * readings may stand that this process does not know of.
 */
const recall = (series: IncomingSeries[], book: Book, now: number): Recalled | null => {
  const told: Told[] = []
  const touched = new Set<number>()
  const isNew = new Set<Told>()
  const newest = Math.floor((now + HOUR) / DAY)
  // Nearly all samples of a request fall into one day and one side of its edge: what that touches is added once.
  let noted = -1
  let notedEdge = false
  for (const { of, samples } of series) {
    const found = (of as Known)[PLACE]
    if (found === undefined || found.book !== book || found.epoch !== book.epoch) return null
    const one: Told = resolvedSamples(found, samples)
    told.push(one)
    for (const { at, start } of samples) {
      const day = Math.floor(at / DAY)
      const time = at - day * DAY
      if (start === null && day === found.day && time >= found.first && day === noted && (notedEdge || time >= EDGE))
        continue
      const from = start === null ? day : Math.floor(start / DAY)
      const first = firstOf(found, day)
      if (first === undefined || time < first || day + 1 < newest || !knowsDays(found, from, day)) {
        isNew.add(one)
        break
      }
      for (let each = from; each <= day; each += 1) touched.add(each)
      const isEdge = (start ?? at) - from * DAY < EDGE
      if (isEdge) touched.add(from - 1)
      if (day + 1 <= newest) touched.add(day + 1)
      notedEdge = from === day && (isEdge || (noted === day && notedEdge))
      noted = day
    }
  }
  return { told, touched, isNew }
}

const firstOf = ({ day: newest, first, days }: KnownSeries, day: number): number | undefined =>
  day === newest ? first : days.get(day)

const knowsDays = (found: KnownSeries, from: number, to: number): boolean => {
  for (let day = from; day < to; day += 1) if (firstOf(found, day) === undefined) return false
  return true
}

const resolve = async (
  { orgId, sourceId, series }: { orgId: string; sourceId: string; series: IncomingSeries[] },
  book: Book,
): Promise<void> => {
  const { epoch } = book
  const isStale = (of: Known) => of[PLACE]?.book !== book || of[PLACE].epoch !== epoch
  const meters = [...new Set(series.map(({ of }) => of).filter(isStale))]
  const pool = appPool()
  const tables = await referenceTables(pool)
  const answer = await withOrgSql(pool, orgId, (tx) => resolveSeries(tx, { orgId, sourceId, tables, meters }))
  for (const [of, found] of answer.resolved) {
    const meter: Known = of
    const before = meter[PLACE]
    const seen = before?.seriesId === found.seriesId ? before : nothingSeen()
    // The epoch of now: one that ended while the books were asked is not asked again at once.
    meter[PLACE] = { ...found, book, epoch: book.epoch, day: seen.day, first: seen.first, days: seen.days }
  }
}

const nothingSeen = () => ({ day: -1, first: 0, days: new Map<number, number>() })

const remember = ({ of, samples }: Told): void => {
  const { days } = of
  if (of.day >= 0) days.set(of.day, of.first)
  const note = (day: number, time: number) => days.set(day, Math.min(time, days.get(day) ?? DAY))
  for (const { at, start } of samples) {
    const day = Math.floor(at / DAY)
    note(day, at - day * DAY)
    // An interval bears on the days before; no reading's own time is known there, so each is later than what is known.
    for (let each = Math.floor((start ?? at) / DAY); each < day; each += 1) if (day - each <= MOST_DAYS) note(each, DAY)
  }
  for (const day of [...days.keys()].sort((a, b) => b - a).slice(MOST_DAYS)) days.delete(day)
  of.day = Math.max(...days.keys())
  of.first = days.get(of.day) ?? DAY
  days.delete(of.day)
}
