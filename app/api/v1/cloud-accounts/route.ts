import { z } from 'zod'
import { cloudAccountListSchema } from '@/lib/contracts/cloud-footprints'
import { route } from '@/lib/http/route'
import { cloudAccounts } from '@/lib/registry/cloud-accounts'

export const GET = route({
  permission: 'read',
  query: z.strictObject({ org: z.string().optional() }),
  answer: cloudAccountListSchema,
  handle: async ({ actor }) => ({ accounts: await cloudAccounts(actor.orgId) }),
})
