import { idParamsSchema, sumsQuerySchema } from '@/lib/contracts/codecarbon'
import { codecarbonRoute } from '@/lib/http/codecarbon-route'
import { lastRunAnswer } from '@/lib/ingest/codecarbon-sums'

export const GET = codecarbonRoute({
  permission: 'read',
  params: idParamsSchema,
  query: sumsQuerySchema,
  handle: ({ actor, params, query }) => lastRunAnswer(actor, params.id, query),
})
