import { activityAnswerSchema, activityRequestSchema } from '@/lib/contracts/activities'
import { idempotencyKeyOf } from '@/lib/http/idempotency-key'
import { route } from '@/lib/http/route'
import { ingestActivity } from '@/lib/ingest/activities'
import { accountActivity } from '@/lib/posting/account-activity'
import { modelEnergy } from '@/lib/posting/model-energy'

export const POST = route({
  permission: 'ingest',
  body: activityRequestSchema,
  answer: activityAnswerSchema,
  status: 201,
  handle: ({ actor, body, request }) =>
    ingestActivity(
      {
        orgId: actor.orgId,
        keyId: actor.kind === 'key' ? actor.keyId : null,
        idempotencyKey: idempotencyKeyOf(request),
      },
      body,
      { account: accountActivity, model: modelEnergy },
    ),
})
