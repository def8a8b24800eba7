import { idParamsSchema } from '@/lib/contracts/codecarbon'
import { codecarbonRoute } from '@/lib/http/codecarbon-route'
import { projectAnswer } from '@/lib/ingest/codecarbon-catalogue'

export const GET = codecarbonRoute({
  permission: 'read',
  params: idParamsSchema,
  handle: async ({ actor, params }) => [await projectAnswer(actor, params.id)],
})
