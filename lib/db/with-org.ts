import type { Prisma } from '@/lib/generated/prisma/client'
import { prisma } from './prisma'
import { asUnavailable } from './unavailable'

export type OrgTx = Prisma.TransactionClient

/**
 * The tenant door (registry and rollups): one transaction whose settings let row-level security show one organisation.
 * The only way to a client that can see tenant rows; without it every tenant table is empty. `snapshot`: read-only, and every question
 * is answered of one moment (repeatable read), so that a day posted meanwhile cannot stand in one table of a statement and be
 * missing from another.
 */
export const withOrg = async <T>(
  actor: { orgId: string; userId?: string },
  work: (tx: OrgTx) => Promise<T>,
  { snapshot = false }: { snapshot?: boolean } = {},
): Promise<T> => {
  try {
    return await prisma().$transaction(
      async (tx) => {
        if (snapshot) await tx.$executeRaw`set transaction read only`
        await tx.$executeRaw`select set_config('app.org_id', ${actor.orgId}, true), set_config('app.user_id', ${actor.userId ?? ''}, true)`
        return work(tx)
      },
      { timeout: 30_000, maxWait: 5_000, ...(snapshot ? { isolationLevel: 'RepeatableRead' as const } : {}) },
    )
  } catch (error) {
    throw asUnavailable(error)
  }
}
