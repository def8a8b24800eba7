import type { LedgerAnswer, LedgerMeasure, LedgerMethod, LedgerTotal, LineMeasure } from '@/lib/contracts/ledger'
import type { OrgTx } from '@/lib/db/with-org'
import { AppError } from '@/lib/errors'
import { settingsOf } from '@/lib/registry/settings'
import { effectsOf, ledgerEffects } from '@/lib/rollups/ledger-effects'
import type { LedgerFilter } from '@/lib/rollups/ledger-filter'
import { ledgerPage } from '@/lib/rollups/ledger-page'
import { type LedgerSum, ledgerTotal } from '@/lib/rollups/ledger-total'
import { type BookLine, bookLines, sumOfBookLines, wireBookLine } from './book-lines'
import { amounts, hoursInside, linesOfEntry, massOnWire, sumKnown, wireLine } from './ledger-lines'

interface Asked {
  method?: LedgerMethod
  measure?: LedgerMeasure
}

const BOOKS = 'books:'

/** Books come before entries: `books:200` is the place of the next of their lines, anything else a place among the entries. */
const readCursor = (cursor: string | undefined): { book: number | null; entry: string | undefined } => {
  if (cursor === undefined) return { book: 0, entry: undefined }
  if (!cursor.startsWith(BOOKS)) return { book: null, entry: cursor }
  const place = Number(cursor.slice(BOOKS.length))
  if (!Number.isInteger(place) || place < 0) throw new AppError('bad_request', 'The cursor is not one of ours.')
  return { book: place, entry: undefined }
}

/** A page of ledger lines with the sum of the whole filter: what the Ledger page and GET /api/v1/ledger show. */
export const ledgerAnswer = async (
  tx: OrgTx,
  filter: LedgerFilter,
  page: { cursor?: string; limit: number },
  { method = 'location', measure = 'operational' }: Asked = {},
): Promise<LedgerAnswer> => {
  const settings = await settingsOf(tx)
  const books = await bookLines(tx, filter, { measure, settings })
  const { book, entry } = readCursor(page.cursor)
  const shown = book === null ? [] : books.slice(book, book + page.limit)
  const left = page.limit - shown.length
  const wantsEntries = measure !== 'activity' && measure !== 'capital'
  const next = (book ?? 0) + shown.length
  const { entries, nextCursor } =
    wantsEntries && left > 0
      ? await ledgerPage(tx, filter, { cursor: entry, limit: left })
      : { entries: [], nextCursor: book !== null && (next < books.length || wantsEntries) ? `${BOOKS}${next}` : null }
  const effects = method === 'market' && entries.length > 0 ? await ledgerEffects(tx, filter) : new Map()
  const lines = entries.flatMap((one) =>
    linesOfEntry(one, hoursInside(one.day, filter), { method, measure, settings, effects: effectsOf(effects, one) }),
  )
  const sum = await ledgerTotal(tx, filter, method)
  return {
    lines: [...shown.map(wireBookLine), ...lines.map(wireLine)],
    total: totalOf(sum, books, { method, measure }),
    next_cursor: nextCursor,
  }
}

/** The whole filter by kind of line. Embodied is a memo: it stands beside the sum and is no part of it. */
const totalOf = (sum: LedgerSum, books: BookLine[], { method, measure }: Required<Asked>): LedgerTotal => {
  const of = (kind: LineMeasure) => sumOfBookLines(books.filter((line) => line.measure === kind))
  const operational =
    method === 'market' ? sumKnown([sum.scope2_market_mg, sum.instrument_mg, sum.scope3_mg]) : sum.location_mg
  const all: Record<LineMeasure, bigint | null> = {
    operational,
    loss: sum.loss_mg,
    upstream: sumKnown([sum.upstream_mg, of('upstream')]),
    embodied: sum.embodied_mg,
    activity: of('activity'),
    capital: of('capital'),
  }
  const told = (Object.keys(all) as LineMeasure[]).filter((kind) => measure === 'all' || measure === kind)
  const added = measure === 'all' ? told.filter((kind) => kind !== 'embodied') : told
  const wantsEntries = measure !== 'activity' && measure !== 'capital'
  return {
    entries: wantsEntries ? sum.entries : 0,
    records: books.length,
    ...massOnWire(sumKnown(added.map((kind) => all[kind]))),
    by_measure: Object.fromEntries(told.map((kind) => [kind, all[kind]?.toString() ?? null])),
    ...amounts(wantsEntries ? sum.it_uwh : null, wantsEntries ? sum.facility_uwh : null, sum.location_mg),
  }
}
