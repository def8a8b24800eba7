import { z } from 'zod'
import { actorId } from '@/lib/auth/actor'
import { instrumentEditAnswerSchema } from '@/lib/contracts/instruments'
import { route } from '@/lib/http/route'
import { setInstrumentRemoved } from '@/lib/registry/edit-instrument'

export const POST = route({
  permission: 'instrument:edit',
  params: z.strictObject({ instrument: z.uuid() }),
  answer: instrumentEditAnswerSchema,
  handle: ({ actor, params }) =>
    setInstrumentRemoved(actor.orgId, params.instrument, false, { kind: actor.kind, id: actorId(actor) }),
})
