import { tokenParamsSchema } from '@/lib/contracts/codecarbon'
import { codecarbonRoute } from '@/lib/http/codecarbon-route'
import { endToken } from '@/lib/ingest/codecarbon-tokens'

export const DELETE = codecarbonRoute({
  permission: 'key:manage',
  params: tokenParamsSchema,
  status: 204,
  handle: ({ actor, params }) => endToken(actor, params.id, params.token),
})
