import { idParamsSchema, pageQuerySchema } from '@/lib/contracts/codecarbon'
import { codecarbonRoute } from '@/lib/http/codecarbon-route'
import { emissionAnswers } from '@/lib/ingest/codecarbon-emissions'

export const GET = codecarbonRoute({
  permission: 'read',
  params: idParamsSchema,
  query: pageQuerySchema,
  handle: ({ actor, params, query }) => emissionAnswers(actor, params.id, query),
})
