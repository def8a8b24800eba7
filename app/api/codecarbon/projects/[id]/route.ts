import { idParamsSchema, organizationPatchSchema } from '@/lib/contracts/codecarbon'
import { codecarbonRoute } from '@/lib/http/codecarbon-route'
import { projectAnswer, refuseByKey, unchangedAnswer } from '@/lib/ingest/codecarbon-catalogue'

export const GET = codecarbonRoute({
  permission: 'read',
  params: idParamsSchema,
  handle: ({ actor, params }) => projectAnswer(actor, params.id),
})

export const PATCH = codecarbonRoute({
  permission: 'key:manage',
  params: idParamsSchema,
  body: organizationPatchSchema,
  handle: ({ actor, params, body }) => unchangedAnswer(projectAnswer(actor, params.id), body),
})

export const DELETE = codecarbonRoute({
  permission: 'key:manage',
  params: idParamsSchema,
  handle: refuseByKey('A project is an organisation of Wattledger and cannot be deleted'),
})
