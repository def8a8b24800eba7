import { idParamsSchema, projectTokenCreateSchema } from '@/lib/contracts/codecarbon'
import { codecarbonRoute } from '@/lib/http/codecarbon-route'
import { addToken, tokenAnswers } from '@/lib/ingest/codecarbon-tokens'

export const GET = codecarbonRoute({
  permission: 'key:manage',
  params: idParamsSchema,
  handle: ({ actor, params }) => tokenAnswers(actor, params.id),
})

export const POST = codecarbonRoute({
  permission: 'key:manage',
  params: idParamsSchema,
  body: projectTokenCreateSchema,
  status: 201,
  handle: ({ actor, params, body }) => addToken(actor, params.id, body),
})
