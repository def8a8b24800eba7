import { z } from 'zod'
import { actorId } from '@/lib/auth/actor'
import { factorPathSchema, ownFactorAnswerSchema } from '@/lib/contracts/factors'
import { route } from '@/lib/http/route'
import { withdrawFactor } from '@/lib/registry/edit-factor'

/** Withdraws an organisation's own factor; the shared one counts again. */
export const DELETE = route({
  permission: 'factor:edit',
  params: z.strictObject({ factor: factorPathSchema }),
  answer: ownFactorAnswerSchema,
  handle: ({ actor, params }) => withdrawFactor(actor.orgId, params.factor, { kind: actor.kind, id: actorId(actor) }),
})
