import { idParamsSchema } from '@/lib/contracts/codecarbon'
import { codecarbonRoute } from '@/lib/http/codecarbon-route'
import { emissionAnswer } from '@/lib/ingest/codecarbon-emissions'

export const GET = codecarbonRoute({
  permission: 'read',
  params: idParamsSchema,
  handle: ({ actor, params }) => emissionAnswer(actor, params.id),
})
