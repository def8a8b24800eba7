import { rejectedAnswerSchema, sourceParamsSchema } from '@/lib/contracts/source-items'
import { route } from '@/lib/http/route'
import { keptRejections } from '@/lib/registry/kept-rejections'

export const GET = route({
  permission: 'read',
  params: sourceParamsSchema,
  answer: rejectedAnswerSchema,
  handle: ({ actor, params }) => keptRejections(actor.orgId, params.source),
})
