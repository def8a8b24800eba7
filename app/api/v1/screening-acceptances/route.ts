import { actorId } from '@/lib/auth/actor'
import {
  screeningAcceptanceListSchema,
  screeningAcceptanceRequestSchema,
  screeningAcceptanceSchema,
  screeningWithdrawalQuerySchema,
} from '@/lib/contracts/screening'
import { route } from '@/lib/http/route'
import { acceptScreening, screeningAcceptances, withdrawScreening } from '@/lib/registry/screening-acceptances'

export const GET = route({
  permission: 'read',
  answer: screeningAcceptanceListSchema,
  handle: async ({ actor }) => ({ acceptances: await screeningAcceptances(actor.orgId) }),
})

export const POST = route({
  permission: 'settings:edit',
  body: screeningAcceptanceRequestSchema,
  answer: screeningAcceptanceSchema,
  status: 201,
  handle: ({ actor, body }) => acceptScreening(actor.orgId, body, { kind: actor.kind, id: actorId(actor) }),
})

export const DELETE = route({
  permission: 'settings:edit',
  query: screeningWithdrawalQuerySchema,
  answer: screeningAcceptanceSchema,
  handle: ({ actor, query }) => withdrawScreening(actor.orgId, query, { kind: actor.kind, id: actorId(actor) }),
})
