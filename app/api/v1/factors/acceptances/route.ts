import { actorId } from '@/lib/auth/actor'
import { acceptancesAnswerSchema, acceptancesFieldsSchema } from '@/lib/contracts/factors'
import { route } from '@/lib/http/route'
import { acceptFactors } from '@/lib/registry/accept-factor'

export const POST = route({
  permission: 'factor:edit',
  body: acceptancesFieldsSchema,
  answer: acceptancesAnswerSchema,
  handle: async ({ actor, body }) => ({
    accepted: body.factors.length,
    reopened_days: await acceptFactors(actor.orgId, body, { kind: actor.kind, id: actorId(actor) }),
  }),
})
