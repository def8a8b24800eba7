import type { AssetFields } from '@/lib/contracts/assets'
import type { Tx } from '@/lib/db/with-org-sql'
import { openDays } from '@/lib/ledger/open-days'

/** Opens the days on which workloads ran on the hardware of these assets; tells how many. */
export const openDaysOfAssets = async (
  tx: Tx,
  orgId: string,
  assets: Pick<AssetFields, 'hardware'>[],
): Promise<number> => {
  const names = [...new Set(assets.map(({ hardware }) => hardware))]
  if (names.length === 0) return 0
  const { rows } = await tx.query<{ day: string }>(
    `select distinct to_char(e.day, 'YYYY-MM-DD') as day
     from attribution a join entry e on e.org_id = a.org_id and e.attribution_id = a.attribution_id
     where a.org_id = $1 and a.hardware = any($2) and e.is_current`,
    [orgId, names],
  )
  await openDays(
    tx,
    orgId,
    rows.map(({ day }) => day),
  )
  return rows.length
}
