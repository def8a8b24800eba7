import { z } from 'zod'
import { actorId } from '@/lib/auth/actor'
import { keySchema } from '@/lib/contracts/api-keys'
import { route } from '@/lib/http/route'
import { endApiKey } from '@/lib/registry/api-keys'

/** DELETE revokes: the key stays listed with the time at which it ended. */
export const DELETE = route({
  permission: 'key:manage',
  params: z.strictObject({ key: z.string().regex(/^[0-9A-Za-z]{8}$/) }),
  answer: keySchema,
  handle: ({ actor, params }) => endApiKey(actor.orgId, params.key, { kind: actor.kind, id: actorId(actor) }),
})
