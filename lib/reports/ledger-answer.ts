import type { LedgerAnswer } from '@/lib/contracts/ledger'
import type { OrgTx } from '@/lib/db/with-org'
import type { LedgerFilter } from '@/lib/rollups/ledger-filter'
import { ledgerPage } from '@/lib/rollups/ledger-page'
import { ledgerTotal } from '@/lib/rollups/ledger-total'
import { hoursInside, linesOfEntry, wireLine, wireTotal } from './ledger-lines'

/** A page of ledger lines with the sum of the whole filter: what the Ledger page and GET /api/v1/ledger show. */
export const ledgerAnswer = async (
  tx: OrgTx,
  filter: LedgerFilter,
  page: { cursor?: string; limit: number },
): Promise<LedgerAnswer> => {
  const { entries, nextCursor } = await ledgerPage(tx, filter, page)
  const sum = await ledgerTotal(tx, filter)
  return {
    lines: entries.flatMap((entry) => linesOfEntry(entry, hoursInside(entry.day, filter)).map(wireLine)),
    total: wireTotal(sum),
    next_cursor: nextCursor,
  }
}
