import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { type WorkloadSpread, workloadSpread } from './workload-spread'

/** Interval of a service's emissions on the days that its score is made of; counts are taken as exact. */
export const serviceSpread = async (
  tx: OrgTx,
  service: string,
  days: readonly string[],
): Promise<WorkloadSpread | null> =>
  days.length === 0
    ? null
    : workloadSpread(tx, Prisma.sql`c.service_id = ${service}::uuid`, Prisma.sql`e.day = any(${[...days]}::date[])`)
