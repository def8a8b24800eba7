import { z } from 'zod'
import { query } from '@/lib/db/query'
import { dayText, exactInteger } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import type { Tx } from '@/lib/db/with-org-sql'
import { Prisma } from '@/lib/generated/prisma/client'
import { DAY, dayName } from '@/lib/units/time'
import { instrumentHours } from './instrument-effect'
import type { LedgerEntry } from './ledger-entry'

/** What instruments take off each hour of an entry, in mg; an hour without is undefined. */
export type EntryEffects = Map<string, (bigint | undefined)[]>

const keyOf = (row: Pick<LedgerEntry, 'attribution_id' | 'unallocated' | 'day'>): string =>
  `${row.day} ${row.attribution_id} ${row.unallocated}`

/** The effect on the cells of an entry; only its current revision carries any. */
export const effectsOf = (effects: EntryEffects, entry: LedgerEntry): (bigint | undefined)[] =>
  entry.is_current ? (effects.get(keyOf(entry)) ?? []) : []

const cellRow = z.object({
  attribution_id: z.string(),
  unallocated: z.boolean(),
  day: dayText,
  place: z.number().int(),
  effect_mg: exactInteger,
})

const gathered = (rows: z.output<typeof cellRow>[]): EntryEffects => {
  const effects: EntryEffects = new Map()
  for (const { place, effect_mg, ...entry } of rows) {
    const cells = effects.get(keyOf(entry)) ?? []
    cells[place - 1] = (cells[place - 1] ?? 0n) + effect_mg
    effects.set(keyOf(entry), cells)
  }
  return effects
}

const daysOf = ({ from, to }: { from: number; to: number }) => ({ from: dayName(from), to: dayName(to + DAY - 1) })
const cells = (window: { from: number; to: number }) => Prisma.sql`
  select h.attribution_id::text as attribution_id, h.unallocated, to_char(h.day, 'YYYY-MM-DD') as day, h.place, h.effect_mg::text as effect_mg
  from (${instrumentHours(daysOf(window))}) h`

export const ledgerEffects = async (tx: OrgTx, window: { from: number; to: number }): Promise<EntryEffects> =>
  gathered(await query(tx, { name: 'ledger.effects', row: cellRow, sql: cells(window) }))

/** The same in the door of the export's cursor. */
export const ledgerEffectsSql = async (tx: Tx, window: { from: number; to: number }): Promise<EntryEffects> => {
  const sql = cells(window)
  const { rows } = await tx.query<Record<string, unknown>>({ text: sql.text, values: sql.values as unknown[] })
  return gathered(rows.map((row) => cellRow.parse(row)))
}
