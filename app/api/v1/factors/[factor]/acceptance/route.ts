import { z } from 'zod'
import { actorId } from '@/lib/auth/actor'
import { acceptanceAnswerSchema, acceptanceFieldsSchema, factorPathSchema } from '@/lib/contracts/factors'
import { route } from '@/lib/http/route'
import { acceptFactor } from '@/lib/registry/accept-factor'

export const POST = route({
  permission: 'factor:edit',
  params: z.strictObject({ factor: factorPathSchema }),
  body: acceptanceFieldsSchema,
  answer: acceptanceAnswerSchema,
  handle: ({ actor, params, body }) =>
    acceptFactor(actor.orgId, { id: params.factor, ...body }, { kind: actor.kind, id: actorId(actor) }),
})
