import { idParamsSchema } from '@/lib/contracts/codecarbon'
import { codecarbonRoute } from '@/lib/http/codecarbon-route'
import { userAnswers } from '@/lib/ingest/codecarbon-catalogue'

/** Names and addresses of people: for a key that may manage. */
export const GET = codecarbonRoute({
  permission: 'key:manage',
  params: idParamsSchema,
  handle: ({ actor, params }) => userAnswers(actor, params.id),
})
