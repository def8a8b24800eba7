import { addDays } from '@/components/shell/range'
import type { Asset } from '@/lib/contracts/assets'
import { type AssetBook, assetBooks } from '@/lib/rollups/asset-book'
import type { HardwareUse } from '@/lib/rollups/hardware-use'

export interface AssetMonth {
  /** `2026-03` */
  month: string
  book: AssetBook
}

/** The window's months of service, newest first; the months at its ends hold its days alone. */
export const assetMonths = (
  assets: readonly Asset[],
  assetId: string,
  uses: readonly HardwareUse[],
  window: { from: string; to: string },
): AssetMonth[] => {
  const months: AssetMonth[] = []
  for (let from = window.from; from < window.to; ) {
    const month = from.slice(0, 7)
    const next = `${addDays(`${month}-28`, 4).slice(0, 7)}-01`
    const to = next < window.to ? next : window.to
    const ofMonth = uses.filter((use) => use.month === month)
    const book = assetBooks(assets, ofMonth, { from, to }).books.find(({ asset }) => asset.asset_id === assetId)
    // Before its first and after its last day of service there is nothing to tell.
    if (book && (book.available_hours > 0 || book.used_hours !== null)) months.push({ month, book })
    from = to
  }
  return months.reverse()
}
