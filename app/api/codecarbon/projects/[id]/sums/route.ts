import { idParamsSchema, sumsQuerySchema } from '@/lib/contracts/codecarbon'
import { codecarbonRoute } from '@/lib/http/codecarbon-route'
import { organizationSums } from '@/lib/ingest/codecarbon-sums'

export const GET = codecarbonRoute({
  permission: 'read',
  params: idParamsSchema,
  query: sumsQuerySchema,
  handle: ({ actor, params, query }) => organizationSums(actor, params.id, query, 'project'),
})
