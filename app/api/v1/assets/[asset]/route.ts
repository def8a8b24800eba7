import { z } from 'zod'
import { actorId } from '@/lib/auth/actor'
import { assetEditAnswerSchema, assetFieldsSchema } from '@/lib/contracts/assets'
import { route } from '@/lib/http/route'
import { editAsset, removeAsset } from '@/lib/registry/assets'

const params = z.strictObject({ asset: z.uuid() })

export const PUT = route({
  permission: 'asset:edit',
  params,
  body: assetFieldsSchema,
  answer: assetEditAnswerSchema,
  handle: ({ actor, params, body }) =>
    editAsset(actor.orgId, params.asset, body, { kind: actor.kind, id: actorId(actor) }),
})

/** DELETE takes the asset out of the register; POST …/restore takes it back. */
export const DELETE = route({
  permission: 'asset:edit',
  params,
  answer: assetEditAnswerSchema,
  handle: ({ actor, params }) => removeAsset(actor.orgId, params.asset, { kind: actor.kind, id: actorId(actor) }),
})
