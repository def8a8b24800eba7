import { projectCreateSchema, projectsQuerySchema } from '@/lib/contracts/codecarbon'
import { codecarbonRoute } from '@/lib/http/codecarbon-route'
import { projectAnswer } from '@/lib/ingest/codecarbon-catalogue'

export const GET = codecarbonRoute({
  permission: 'read',
  query: projectsQuerySchema,
  handle: async ({ actor, query }) => [await projectAnswer(actor, query.organization)],
})

/** An organisation is one project: whatever the name, the answer is that one. */
export const POST = codecarbonRoute({
  permission: 'ingest',
  body: projectCreateSchema,
  status: 201,
  handle: ({ actor, body }) => projectAnswer(actor, body.organization_id),
})
