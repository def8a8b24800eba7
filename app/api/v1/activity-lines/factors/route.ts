import { activityFactorListSchema, activityFactorQuerySchema } from '@/lib/contracts/activity-lines'
import { route } from '@/lib/http/route'
import { activityFactors } from '@/lib/registry/activity-factors'

export const GET = route({
  permission: 'read',
  query: activityFactorQuerySchema,
  answer: activityFactorListSchema,
  handle: async ({ actor, query }) => ({ factors: await activityFactors(actor.orgId, query.kind) }),
})
