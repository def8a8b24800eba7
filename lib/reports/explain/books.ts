import type { HardwareMeasure } from '@/lib/contracts/explain'
import type { OrgTx } from '@/lib/db/with-org'
import { assets } from '@/lib/registry/assets'
import { type AssetBook, assetBooks } from '@/lib/rollups/asset-book'
import { hardwareUse } from '@/lib/rollups/hardware-use'

/** Books of the register's assets, as the Hardware page reads them. */

const BEFORE_ALL = '1970-01-01'

export const BOOK_WORDS: Record<HardwareMeasure, { title: string; formula: string }> = {
  'run-off': { title: 'Ran off, amortised', formula: 'run-off = TE × hours in service ÷ EL' },
  carried: { title: 'Carried by workloads', formula: 'carried = Σ M of the workloads that held it' },
  idle: { title: 'Embodied emissions of idle hours', formula: 'idle = run-off − Σ booked to workloads' },
  left: { title: 'Left to run off', formula: 'left = TE × (1 − t ÷ EL)' },
}

/** Of days that are over: nothing has run off of a day that has not come. Null: from the first day to today. */
export const booksIn = async (
  tx: OrgTx,
  orgId: string,
  within: { from: string; to: string } | null,
  now: number,
): Promise<{ books: AssetBook[]; window: { from: string; to: string } }> => {
  const today = new Date(now).toISOString().slice(0, 10)
  const to = within === null || within.to > today ? today : within.to
  const from = within === null ? BEFORE_ALL : within.from < to ? within.from : to
  const uses = await hardwareUse(tx, { from: within === null ? null : from, to })
  const { books } = assetBooks(await assets(orgId), uses, { from, to })
  return { books, window: { from, to } }
}

/** What workloads carried of an asset whose embodied value is unknown is in no sum beside what ran off. */
export const amountOfBook = (book: AssetBook, measure: HardwareMeasure): bigint | null =>
  measure === 'run-off'
    ? book.run_off_mg
    : measure === 'carried'
      ? book.run_off_mg === null
        ? null
        : book.allocated_mg
      : measure === 'idle'
        ? book.idle_mg
        : book.left_mg
