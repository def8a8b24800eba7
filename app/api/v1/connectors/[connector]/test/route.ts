import { z } from 'zod'
import { actorId } from '@/lib/auth/actor'
import { connectorTestSchema } from '@/lib/contracts/connectors'
import { route } from '@/lib/http/route'
import { askTest } from '@/lib/registry/ask-connector'

export const POST = route({
  permission: 'site:edit',
  params: z.object({ connector: z.string() }),
  answer: connectorTestSchema,
  handle: ({ actor, params }) => askTest(actor.orgId, params.connector, { kind: actor.kind, id: actorId(actor) }),
})
