import type { Asset } from '@/lib/contracts/assets'
import type { OrgTx } from '@/lib/db/with-org'
import { type AssetBook, assetBooks } from '@/lib/rollups/asset-book'
import { type HardwareUse, hardwareUse } from '@/lib/rollups/hardware-use'

export interface HardwareBooks {
  /** In the window, and from the first day of service on. */
  window: AssetBook[]
  toDate: AssetBook[]
  /** Held by workloads in the window, on machines that no asset stands for. */
  unregistered: HardwareUse[]
  /** First day that has not run off yet. */
  until: string
}

const BEFORE_ALL = '1970-01-01'

/** Of days that are over: nothing has run off of a day that has not come. */
export const readHardware = async (
  tx: OrgTx,
  assets: readonly Asset[],
  { from, to, today }: { from: string; to: string; today: string },
): Promise<HardwareBooks> => {
  const until = to < today ? to : today
  const start = from < until ? from : until
  const uses = await hardwareUse(tx, { from: start, to: until })
  const all = await hardwareUse(tx, { from: null, to: today })
  const window = assetBooks(assets, uses, { from: start, to: until })
  return {
    window: window.books,
    toDate: assetBooks(assets, all, { from: BEFORE_ALL, to: today }).books,
    unregistered: window.unregistered,
    until,
  }
}
