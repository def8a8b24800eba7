import { sourceParamsSchema, tailAnswerSchema } from '@/lib/contracts/source-items'
import { route } from '@/lib/http/route'
import { liveTail } from '@/lib/registry/live-tail'

export const GET = route({
  permission: 'read',
  params: sourceParamsSchema,
  answer: tailAnswerSchema,
  handle: ({ actor, params }) => liveTail(actor.orgId, params.source),
})
