import { rejectedAnswerSchema, sourceParamsSchema } from '@/lib/contracts/source-items'
import { route } from '@/lib/http/route'
import { rejectedItems } from '@/lib/ingest/replay'

export const GET = route({
  permission: 'read',
  params: sourceParamsSchema,
  answer: rejectedAnswerSchema,
  handle: ({ actor, params }) => rejectedItems(actor.orgId, params.source),
})
