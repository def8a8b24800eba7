import type { AssetFields } from '@/lib/contracts/assets'
import type { Tx } from '@/lib/db/with-org-sql'
import { openDaysOfHardware } from '@/lib/ledger/affected-days'

type Serving = Pick<AssetFields, 'hardware' | 'in_service_on'>

/** Opens the days, from their first day of service on, on which workloads ran on the hardware of these assets; tells how many. */
export const openDaysOfAssets = async (tx: Tx, orgId: string, assets: readonly Serving[]): Promise<number> => {
  const [first] = assets.map((asset) => asset.in_service_on).sort()
  if (first === undefined) return 0
  const names = [...new Set(assets.map(({ hardware }) => hardware))]
  // Also after a retirement: what served before and no longer does leaves its workloads to another asset, or to none.
  return openDaysOfHardware(tx, orgId, names, { from: first, to: null })
}
