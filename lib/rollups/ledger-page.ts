import { z } from 'zod'
import { query } from '@/lib/db/query'
import type { OrgTx } from '@/lib/db/with-org'
import { AppError } from '@/lib/errors'
import { Prisma } from '@/lib/generated/prisma/client'
import { LEDGER_ENTRY_COLUMNS, LEDGER_ENTRY_TABLES, type LedgerEntry, ledgerEntryRow } from './ledger-entry'
import { type LedgerFilter, ledgerConditions, saysSomething } from './ledger-filter'

/** Where a page ends: the key of its last entry. Opaque to callers. */
const cursorSchema = z.tuple([z.iso.date(), z.uuid(), z.boolean()])

const cursorOf = (entry: LedgerEntry): string =>
  Buffer.from(JSON.stringify([entry.day, entry.attribution_id, entry.unallocated])).toString('base64url')

const readCursor = (cursor: string): z.infer<typeof cursorSchema> => {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch (cause) {
    throw new AppError('bad_request', 'The cursor is not one of ours.', { cause })
  }
}

/** Current entries of the filter, newest day first, one page by keyset. Leans on entry_current (org_id, day, …). */
export const ledgerPage = async (
  tx: OrgTx,
  filter: LedgerFilter,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<{ entries: LedgerEntry[]; nextCursor: string | null }> => {
  const after = cursor === undefined ? null : readCursor(cursor)
  const rows = await query(tx, {
    name: 'ledger.page',
    row: ledgerEntryRow,
    sql: Prisma.sql`
      select ${LEDGER_ENTRY_COLUMNS}
      from ${LEDGER_ENTRY_TABLES}
      where ${ledgerConditions(filter)} and e.is_current and ${saysSomething}
        ${after ? Prisma.sql`and (e.day, e.attribution_id, e.unallocated) < (${after[0]}::date, ${after[1]}::uuid, ${after[2]})` : Prisma.empty}
      order by e.day desc, e.attribution_id desc, e.unallocated desc
      limit ${limit + 1}`,
  })
  const entries = rows.slice(0, limit)
  const last = entries.at(-1)
  return { entries, nextCursor: rows.length > limit && last ? cursorOf(last) : null }
}
