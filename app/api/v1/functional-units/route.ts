import { actorId } from '@/lib/auth/actor'
import { functionalUnitsAnswerSchema, functionalUnitsRequestSchema } from '@/lib/contracts/functional-units'
import { idempotencyKeyOf } from '@/lib/http/idempotency-key'
import { route } from '@/lib/http/route'
import { stateUnits } from '@/lib/registry/functional-units'

export const POST = route({
  permission: 'ingest',
  body: functionalUnitsRequestSchema,
  answer: functionalUnitsAnswerSchema,
  handle: ({ actor, body, request }) =>
    stateUnits(actor.orgId, body.units, {
      by: { kind: actor.kind, id: actorId(actor) },
      idempotencyKey: idempotencyKeyOf(request),
    }),
})
