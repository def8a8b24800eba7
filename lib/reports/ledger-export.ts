import { type WidthOverrides, widthsWith } from '@/lib/accounting/uncertainty/tier-widths'
import type { LedgerExportQuery } from '@/lib/contracts/ledger'
import { withOrg } from '@/lib/db/with-org'
import { AppError } from '@/lib/errors'
import { settingsOf } from '@/lib/registry/settings'
import { eachLedgerEntry } from '@/lib/rollups/ledger-cursor'
import type { LedgerEntry } from '@/lib/rollups/ledger-entry'
import type { LedgerFilter } from '@/lib/rollups/ledger-filter'
import { bookLines } from './book-lines'
import { BOM, csvRows } from './csv-cells'
import { bookRows, CSV_HEADER, type CsvOptions, currentRows, historyRows } from './ledger-csv'

/** An export holds a database connection while it runs: few at a time, and none for a reader that stands still. */
const MOST_AT_ONCE = 4
const STALLED_AFTER_MS = 60_000

const shared = globalThis as unknown as { wattledgerExports?: number }

export interface ExportRequest {
  org: { orgId: string; slug: string; isDemo: boolean }
  filter: LedgerFilter
  query: Pick<LedgerExportQuery, 'grain' | 'history' | 'bom'> & Partial<Pick<LedgerExportQuery, 'method' | 'measure'>>
  /** Where the addresses of explanations lead: https://example.org. */
  origin?: string
  /** The client's going away. */
  signal: AbortSignal
}

/**
 * The ledger as CSV, written as it is read. A failure in the middle breaks the body off, so that a part is never taken for the whole.
 * @throws AppError too_many_requests when too many exports run already
 */
export const ledgerCsv = ({ org, filter, query, signal, origin = '' }: ExportRequest): ReadableStream<Uint8Array> => {
  if ((shared.wattledgerExports ?? 0) >= MOST_AT_ONCE) {
    throw new AppError('too_many_requests', 'Too many exports run at the moment. Try again in a little while.', {
      retryAfterSeconds: 10,
    })
  }
  shared.wattledgerExports = (shared.wattledgerExports ?? 0) + 1
  const pipe = new TransformStream<Uint8Array, Uint8Array>(undefined, { highWaterMark: 1 }, { highWaterMark: 1 })
  const writer = pipe.writable.getWriter()
  const write = inTime((text) => writer.write(new TextEncoder().encode(text)), signal)
  const { grain, history = false, method = 'location', measure = 'operational' } = query

  const run = async () => {
    await write((query.bom ? BOM : '') + csvRows([CSV_HEADER]))
    const { settings, books } = await withOrg(org, async (tx) => {
      const found = await settingsOf(tx)
      return { settings: found, books: await bookLines(tx, filter, { measure, settings: found }) }
    })
    const options: CsvOptions = {
      ...{ orgId: org.orgId, slug: org.slug, isDemo: org.isDemo, origin },
      ...{ window: filter, grain, method, measure, settings },
      widths: widthsWith(settings.uncertainty as WidthOverrides),
      effects: new Map(),
    }
    if (books.length > 0) await write(csvRows(bookRows(books, options)))
    if (measure === 'activity' || measure === 'capital') return writer.close()
    let before: LedgerEntry | undefined
    await eachLedgerEntry(
      org.orgId,
      filter,
      { history, withEffects: method === 'market' },
      async (entries, effects) => {
        options.effects = effects
        const rows = entries.flatMap((entry) => {
          if (!history) return currentRows(entry, options)
          const former = before && isSameEntry(before, entry) ? before : undefined
          before = entry
          return historyRows(entry, former, options)
        })
        if (rows.length > 0) await write(csvRows(rows))
      },
    )
    await writer.close()
  }
  run()
    .catch((error: unknown) => writer.abort(error).catch(() => undefined))
    .finally(() => {
      shared.wattledgerExports = Math.max(0, (shared.wattledgerExports ?? 1) - 1)
    })
  return pipe.readable
}

const isSameEntry = (a: LedgerEntry, b: LedgerEntry): boolean =>
  a.day === b.day && a.attribution_id === b.attribution_id && a.unallocated === b.unallocated

/** A write that waits for its reader, but neither for one that left nor for ever. */
const inTime = (write: (text: string) => Promise<void>, signal: AbortSignal) => async (text: string) => {
  signal.throwIfAborted()
  let stop: () => void = () => undefined
  const gone = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new Error('the reader of an export stands still')), STALLED_AFTER_MS)
    const leave = () => reject(new Error('the reader of an export left'))
    signal.addEventListener('abort', leave, { once: true })
    stop = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', leave)
    }
  })
  try {
    await Promise.race([write(text), gone])
  } finally {
    stop()
  }
}

/** `DEMO-wattledger-ledger-acme-2026-01-01_2026-02-01.csv`: half-open, as the window is. */
export const exportName = (
  org: { slug: string; isDemo: boolean },
  { from, to }: { from: number; to: number },
): string => {
  const edge = (at: number) => new Date(at).toISOString().replace('T00:00:00.000Z', '').replace(':00:00.000Z', 'Z')
  return `${org.isDemo ? 'DEMO-' : ''}wattledger-ledger-${org.slug}-${edge(from)}_${edge(to)}.csv`
}
