import { actorId } from '@/lib/auth/actor'
import { assetEditAnswerSchema, assetFieldsSchema, assetListSchema } from '@/lib/contracts/assets'
import { route } from '@/lib/http/route'
import { assets, createAsset } from '@/lib/registry/assets'

export const GET = route({
  permission: 'read',
  answer: assetListSchema,
  handle: async ({ actor }) => ({ assets: await assets(actor.orgId) }),
})

export const POST = route({
  permission: 'asset:edit',
  body: assetFieldsSchema,
  answer: assetEditAnswerSchema,
  status: 201,
  handle: ({ actor, body }) => createAsset(actor.orgId, body, { kind: actor.kind, id: actorId(actor) }),
})
