import { idParamsSchema } from '@/lib/contracts/codecarbon'
import { codecarbonRoute } from '@/lib/http/codecarbon-route'
import { runAnswers } from '@/lib/ingest/codecarbon-catalogue'

export const GET = codecarbonRoute({
  permission: 'read',
  params: idParamsSchema,
  handle: ({ actor, params }) => runAnswers(actor, params.id),
})
