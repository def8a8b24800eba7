import { runCreateSchema } from '@/lib/contracts/codecarbon'
import { codecarbonRoute } from '@/lib/http/codecarbon-route'
import { addCodecarbonRun } from '@/lib/ingest/codecarbon'
import { runAnswers } from '@/lib/ingest/codecarbon-catalogue'

export const GET = codecarbonRoute({ permission: 'read', handle: ({ actor }) => runAnswers(actor, null) })

export const POST = codecarbonRoute({
  permission: 'ingest',
  body: runCreateSchema,
  status: 201,
  handle: ({ actor, body }) => addCodecarbonRun(actor, body),
})
