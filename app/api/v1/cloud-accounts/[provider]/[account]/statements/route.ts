import { actorId } from '@/lib/auth/actor'
import {
  cloudAccountParamsSchema,
  statementsAnswerSchema,
  statementsRequestSchema,
  withdrawRequestSchema,
} from '@/lib/contracts/cloud-footprints'
import { route } from '@/lib/http/route'
import { postStatements, withdrawStatements } from '@/lib/registry/post-cloud-statements'

export const POST = route({
  permission: 'activity:edit',
  params: cloudAccountParamsSchema,
  body: statementsRequestSchema,
  answer: statementsAnswerSchema,
  handle: ({ actor, params, body }) =>
    postStatements(actor.orgId, params, {
      ...{ months: body.months, dryRun: body.dry_run },
      by: { kind: actor.kind, id: actorId(actor) },
    }),
})

export const DELETE = route({
  permission: 'activity:edit',
  params: cloudAccountParamsSchema,
  body: withdrawRequestSchema,
  answer: statementsAnswerSchema,
  handle: ({ actor, params, body }) =>
    withdrawStatements(actor.orgId, params, { ...body, by: { kind: actor.kind, id: actorId(actor) } }),
})
