import { readingsAnswerSchema, readingsRequestSchema } from '@/lib/contracts/readings'
import { idempotencyKeyOf } from '@/lib/http/idempotency-key'
import { route } from '@/lib/http/route'
import { ingestReadings } from '@/lib/ingest/native'

export const POST = route({
  permission: 'ingest',
  body: readingsRequestSchema,
  answer: readingsAnswerSchema,
  handle: ({ actor, body, request }) =>
    ingestReadings(
      {
        orgId: actor.orgId,
        keyId: actor.kind === 'key' ? actor.keyId : null,
        idempotencyKey: idempotencyKeyOf(request),
      },
      body,
    ),
})
