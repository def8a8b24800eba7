import { actorId } from '@/lib/auth/actor'
import { instrumentEditAnswerSchema, instrumentFieldsSchema, instrumentListSchema } from '@/lib/contracts/instruments'
import { route } from '@/lib/http/route'
import { addInstrument } from '@/lib/registry/edit-instrument'
import { instruments } from '@/lib/registry/instruments'

export const GET = route({
  permission: 'read',
  answer: instrumentListSchema,
  handle: async ({ actor }) => ({ instruments: await instruments(actor.orgId) }),
})

export const POST = route({
  permission: 'instrument:edit',
  body: instrumentFieldsSchema,
  answer: instrumentEditAnswerSchema,
  status: 201,
  handle: ({ actor, body }) => addInstrument(actor.orgId, body, { kind: actor.kind, id: actorId(actor) }),
})
