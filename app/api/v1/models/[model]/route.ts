import { z } from 'zod'
import { actorId } from '@/lib/auth/actor'
import { nameSchema } from '@/lib/contracts/common'
import { modelFieldsSchema, modelLifeSchema, modelViewSchema } from '@/lib/contracts/models'
import { withOrg } from '@/lib/db/with-org'
import { route } from '@/lib/http/route'
import { editModel } from '@/lib/registry/edit-model'
import { modelLifeAnswer } from '@/lib/rollups/model-life-answer'

export const GET = route({
  permission: 'read',
  params: z.strictObject({ model: nameSchema }),
  answer: modelLifeSchema,
  handle: ({ actor, params }) => withOrg(actor, (tx) => modelLifeAnswer(tx, params.model)),
})

export const PUT = route({
  permission: 'model:edit',
  params: z.strictObject({ model: nameSchema }),
  body: modelFieldsSchema,
  answer: modelViewSchema,
  handle: ({ actor, params, body }) =>
    editModel(actor.orgId, params.model, body, { kind: actor.kind, id: actorId(actor) }),
})
