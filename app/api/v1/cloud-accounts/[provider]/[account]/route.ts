import { actorId } from '@/lib/auth/actor'
import {
  cloudAccountFieldsSchema,
  cloudAccountParamsSchema,
  cloudAccountSchema,
} from '@/lib/contracts/cloud-footprints'
import { route } from '@/lib/http/route'
import { editCloudAccount } from '@/lib/registry/cloud-accounts'

export const PUT = route({
  permission: 'activity:edit',
  params: cloudAccountParamsSchema,
  body: cloudAccountFieldsSchema,
  answer: cloudAccountSchema,
  handle: ({ actor, params, body }) =>
    editCloudAccount(actor.orgId, params, body, { kind: actor.kind, id: actorId(actor) }),
})
