import { idParamsSchema, organizationPatchSchema } from '@/lib/contracts/codecarbon'
import { codecarbonRoute } from '@/lib/http/codecarbon-route'
import { organizationAnswer, unchangedAnswer } from '@/lib/ingest/codecarbon-catalogue'

export const GET = codecarbonRoute({
  permission: 'read',
  params: idParamsSchema,
  handle: ({ actor, params }) => organizationAnswer(actor, params.id),
})

export const PATCH = codecarbonRoute({
  permission: 'key:manage',
  params: idParamsSchema,
  body: organizationPatchSchema,
  handle: ({ actor, params, body }) => unchangedAnswer(organizationAnswer(actor, params.id), body),
})
