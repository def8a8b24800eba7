import { actorId } from '@/lib/auth/actor'
import { createdKeySchema, createKeyRequestSchema, keyListSchema } from '@/lib/contracts/api-keys'
import { route } from '@/lib/http/route'
import { addApiKey, apiKeys } from '@/lib/registry/api-keys'

export const GET = route({
  permission: 'key:manage',
  answer: keyListSchema,
  handle: async ({ actor }) => ({ keys: await apiKeys(actor.orgId) }),
})

export const POST = route({
  permission: 'key:manage',
  body: createKeyRequestSchema,
  answer: createdKeySchema,
  status: 201,
  handle: ({ actor, body }) => addApiKey(actor.orgId, body, { kind: actor.kind, id: actorId(actor) }),
})
