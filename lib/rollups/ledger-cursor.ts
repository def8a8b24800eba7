import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { Prisma } from '@/lib/generated/prisma/client'
import { type EntryEffects, ledgerEffectsSql } from './ledger-effects'
import { LEDGER_ENTRY_COLUMNS, LEDGER_ENTRY_TABLES, type LedgerEntry, ledgerEntryRow } from './ledger-entry'
import { type LedgerFilter, ledgerConditions, saysSomething } from './ledger-filter'

const PAGE_ENTRIES = 250

/**
 * Hands over every entry of the filter in order of (day, attribution, revision), page after page in constant memory. A cursor keeps
 * the snapshot of its declaration, so that a day posted meanwhile is seen whole, before or after, and never half.
 * `withEffects` reads beside it what instruments take off each hour. `each` holds the next page back until it is done; what it throws ends the transaction.
 */
export const eachLedgerEntry = (
  orgId: string,
  filter: LedgerFilter,
  { history, withEffects = false }: { history: boolean; withEffects?: boolean },
  each: (entries: LedgerEntry[], effects: EntryEffects) => Promise<void>,
): Promise<void> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const effects: EntryEffects = withEffects ? await ledgerEffectsSql(tx, filter) : new Map()
    const which = history ? Prisma.empty : Prisma.sql`and e.is_current and ${saysSomething}`
    await declare(
      tx,
      Prisma.sql`/* ledger.cursor */
        declare ledger_entries no scroll cursor for
        select ${LEDGER_ENTRY_COLUMNS}
        from ${LEDGER_ENTRY_TABLES}
        where ${ledgerConditions(filter)} ${which}
        order by e.day, e.attribution_id, e.unallocated, e.revision`,
    )
    for (;;) {
      const { rows } = await tx.query<Record<string, unknown>>(`fetch ${PAGE_ENTRIES} from ledger_entries`)
      if (rows.length === 0) return
      await each(
        rows.map((row) => ledgerEntryRow.parse(row)),
        effects,
      )
    }
  })

const declare = (tx: Tx, sql: Prisma.Sql) => tx.query({ text: sql.text, values: sql.values as unknown[] })
