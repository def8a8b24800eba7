import { actorId } from '@/lib/auth/actor'
import { idParamsSchema } from '@/lib/contracts/codecarbon'
import { experimentFieldsSchema, experimentSchema } from '@/lib/contracts/experiments'
import { route } from '@/lib/http/route'
import { editExperiment } from '@/lib/registry/edit-experiment'

/** Whoever may edit a site may say what a client's readings belong to: both bear on readings that come. */
export const PUT = route({
  permission: 'site:edit',
  params: idParamsSchema,
  body: experimentFieldsSchema,
  answer: experimentSchema,
  handle: ({ actor, params, body }) =>
    editExperiment(actor.orgId, params.id, body, { kind: actor.kind, id: actorId(actor) }),
})
