import { z } from 'zod'
import { actorId } from '@/lib/auth/actor'
import { assetEditAnswerSchema } from '@/lib/contracts/assets'
import { route } from '@/lib/http/route'
import { restoreAsset } from '@/lib/registry/assets'

export const POST = route({
  permission: 'asset:edit',
  params: z.strictObject({ asset: z.uuid() }),
  answer: assetEditAnswerSchema,
  handle: ({ actor, params }) => restoreAsset(actor.orgId, params.asset, { kind: actor.kind, id: actorId(actor) }),
})
