import { z } from 'zod'
import { actorId } from '@/lib/auth/actor'
import { nameSchema } from '@/lib/contracts/common'
import { modelFieldsSchema, modelViewSchema } from '@/lib/contracts/models'
import { route } from '@/lib/http/route'
import { editModel } from '@/lib/registry/edit-model'

export const PUT = route({
  permission: 'model:edit',
  params: z.strictObject({ model: nameSchema }),
  body: modelFieldsSchema,
  answer: modelViewSchema,
  handle: ({ actor, params, body }) =>
    editModel(actor.orgId, params.model, body, { kind: actor.kind, id: actorId(actor) }),
})
