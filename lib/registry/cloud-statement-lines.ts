import type { CloudProvider } from '@/lib/contracts/cloud-footprints'
import { contentId } from '@/lib/db/ids'
import type { Tx } from '@/lib/db/with-org-sql'

/** The activity line of an account's month has one id for ever: the books' own key keeps it from standing there twice. */
export const statementId = (
  orgId: string,
  { provider, account, month }: { provider: CloudProvider; account: string; month: string },
): string => contentId('cloud statement', [orgId, provider, account, month])

export interface PostedStatement {
  activityId: string
  mg: bigint
  voided: boolean
}

/** Lines that were ever posted, by their id. */
export const postedStatements = async (
  tx: Tx,
  orgId: string,
  months: { activityId: string }[],
): Promise<Map<string, PostedStatement>> => {
  const { rows } = await tx.query<{ activity_id: string; mg: string; voided: boolean }>(
    `/* cloud.posted */ select activity_id, mg::text, voided from activity
     where org_id = $1 and is_current and kind = 'cloud_statement' and activity_id = any($2::uuid[])`,
    [orgId, months.map((one) => one.activityId)],
  )
  return new Map(
    rows.map((row) => [row.activity_id, { activityId: row.activity_id, mg: BigInt(row.mg), voided: row.voided }]),
  )
}
