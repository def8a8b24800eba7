import { z } from 'zod'
import { actorId } from '@/lib/auth/actor'
import { connectorFieldsSchema, connectorSchema } from '@/lib/contracts/connectors'
import { route } from '@/lib/http/route'
import { editConnector, removeConnector } from '@/lib/registry/edit-connector'

const params = z.object({ connector: z.string() })

export const PUT = route({
  permission: 'site:edit',
  params,
  body: connectorFieldsSchema,
  answer: connectorSchema,
  handle: ({ actor, params, body }) =>
    editConnector(actor.orgId, params.connector, body, { kind: actor.kind, id: actorId(actor) }),
})

export const DELETE = route({
  permission: 'site:edit',
  params,
  answer: connectorSchema,
  handle: ({ actor, params }) =>
    removeConnector(actor.orgId, params.connector, { kind: actor.kind, id: actorId(actor) }),
})
