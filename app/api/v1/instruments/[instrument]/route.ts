import { z } from 'zod'
import { actorId } from '@/lib/auth/actor'
import { instrumentEditAnswerSchema, instrumentFieldsSchema, instrumentSchema } from '@/lib/contracts/instruments'
import { route } from '@/lib/http/route'
import { editInstrument, setInstrumentRemoved } from '@/lib/registry/edit-instrument'
import { instrument } from '@/lib/registry/instruments'

const params = z.strictObject({ instrument: z.uuid() })

export const GET = route({
  permission: 'read',
  params,
  answer: instrumentSchema,
  handle: ({ actor, params }) => instrument(actor.orgId, params.instrument),
})

export const PUT = route({
  permission: 'instrument:edit',
  params,
  body: instrumentFieldsSchema,
  answer: instrumentEditAnswerSchema,
  handle: ({ actor, params, body }) =>
    editInstrument(actor.orgId, params.instrument, body, { kind: actor.kind, id: actorId(actor) }),
})

export const DELETE = route({
  permission: 'instrument:edit',
  params,
  answer: instrumentEditAnswerSchema,
  handle: ({ actor, params }) =>
    setInstrumentRemoved(actor.orgId, params.instrument, true, { kind: actor.kind, id: actorId(actor) }),
})
