import { actorId } from '@/lib/auth/actor'
import { connectorFieldsSchema, connectorListSchema, connectorSchema } from '@/lib/contracts/connectors'
import { route } from '@/lib/http/route'
import { connectorList } from '@/lib/registry/connectors'
import { createConnector } from '@/lib/registry/edit-connector'

export const GET = route({
  permission: 'read',
  answer: connectorListSchema,
  handle: ({ actor }) => connectorList(actor.orgId),
})

export const POST = route({
  permission: 'site:edit',
  body: connectorFieldsSchema,
  answer: connectorSchema,
  status: 201,
  handle: ({ actor, body }) => createConnector(actor.orgId, body, { kind: actor.kind, id: actorId(actor) }),
})
