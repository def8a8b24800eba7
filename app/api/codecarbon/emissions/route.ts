import { emissionCreateSchema } from '@/lib/contracts/codecarbon'
import { codecarbonRoute } from '@/lib/http/codecarbon-route'
import { addCodecarbonEmission } from '@/lib/ingest/codecarbon'

export const POST = codecarbonRoute({
  permission: 'ingest',
  body: emissionCreateSchema,
  status: 201,
  handle: ({ actor, body }) => addCodecarbonEmission(actor, body),
})
