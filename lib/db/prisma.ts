import { PrismaPg } from '@prisma/adapter-pg'
import { env } from '@/lib/env'
import { PrismaClient } from '@/lib/generated/prisma/client'

const shared = globalThis as unknown as { wattledgerPrisma?: PrismaClient }

/** One client per process: Next makes several bundles of the same module. */
export const prisma = (): PrismaClient => {
  shared.wattledgerPrisma ??= new PrismaClient({
    adapter: new PrismaPg({ connectionString: env().DATABASE_URL, max: 8, statement_timeout: 30_000 }),
  })
  return shared.wattledgerPrisma
}
