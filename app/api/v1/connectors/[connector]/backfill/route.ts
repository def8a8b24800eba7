import { z } from 'zod'
import { actorId } from '@/lib/auth/actor'
import { backfillRequestSchema, connectorSchema } from '@/lib/contracts/connectors'
import { route } from '@/lib/http/route'
import { askBackfill } from '@/lib/registry/ask-connector'

export const POST = route({
  permission: 'site:edit',
  params: z.object({ connector: z.string() }),
  body: backfillRequestSchema,
  answer: connectorSchema,
  status: 202,
  handle: ({ actor, params, body }) =>
    askBackfill(actor.orgId, params.connector, body, { kind: actor.kind, id: actorId(actor) }),
})
