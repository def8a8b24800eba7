import { experimentCreateSchema } from '@/lib/contracts/codecarbon'
import { codecarbonRoute } from '@/lib/http/codecarbon-route'
import { addCodecarbonExperiment } from '@/lib/ingest/codecarbon-catalogue'

export const POST = codecarbonRoute({
  permission: 'ingest',
  body: experimentCreateSchema,
  status: 201,
  handle: ({ actor, body }) => addCodecarbonExperiment(actor, body),
})
