import { prisma } from '@/lib/db/prisma'
import { asUnavailable } from '@/lib/db/unavailable'
import type { OrgTx } from '@/lib/db/with-org'

/**
 * The tenant door for a statement: as withOrg, but read-only and with every question answered of one moment (repeatable read), so
 * that a day posted meanwhile cannot stand in one table of the statement and be missing from another.
 */
export const withOrgSnapshot = async <T>(
  actor: { orgId: string; userId?: string },
  work: (tx: OrgTx) => Promise<T>,
): Promise<T> => {
  try {
    return await prisma().$transaction(
      async (tx) => {
        await tx.$executeRaw`set transaction read only`
        await tx.$executeRaw`select set_config('app.org_id', ${actor.orgId}, true), set_config('app.user_id', ${actor.userId ?? ''}, true)`
        return work(tx)
      },
      { isolationLevel: 'RepeatableRead', timeout: 30_000, maxWait: 5_000 },
    )
  } catch (error) {
    throw asUnavailable(error)
  }
}
