import type { Prisma } from '@/lib/generated/prisma/client'
import { prisma } from './prisma'
import { asUnavailable } from './unavailable'

export type OrgTx = Prisma.TransactionClient

/**
 * The tenant door (registry and rollups): one transaction whose settings let row-level security show one organisation.
 * The only way to a client that can see tenant rows; without it every tenant table is empty.
 */
export const withOrg = async <T>(
  actor: { orgId: string; userId?: string },
  work: (tx: OrgTx) => Promise<T>,
): Promise<T> => {
  try {
    return await prisma().$transaction(
      async (tx) => {
        await tx.$executeRaw`select set_config('app.org_id', ${actor.orgId}, true), set_config('app.user_id', ${actor.userId ?? ''}, true)`
        return work(tx)
      },
      { timeout: 30_000, maxWait: 5_000 },
    )
  } catch (error) {
    throw asUnavailable(error)
  }
}
