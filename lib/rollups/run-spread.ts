import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { attributionsOf } from './run-facts'
import { type WorkloadSpread, workloadSpread } from './workload-spread'

/** Interval of what a run or service emitted in the days [from, to). */
export const runSpread = (
  tx: OrgTx,
  workloadId: string,
  { from, to }: { from: string; to: string },
): Promise<WorkloadSpread | null> =>
  workloadSpread(tx, attributionsOf(workloadId), Prisma.sql`e.day >= ${from}::date and e.day < ${to}::date`)
