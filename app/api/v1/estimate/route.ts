import { estimateAnswerSchema, estimateRequestSchema } from '@/lib/contracts/estimate'
import { route } from '@/lib/http/route'
import { answerEstimate } from '@/lib/posting/answer-estimate'

export const POST = route({
  permission: 'read',
  body: estimateRequestSchema,
  answer: estimateAnswerSchema,
  handle: ({ actor, body }) => answerEstimate(actor.orgId, body),
})
