import { actorId } from '@/lib/auth/actor'
import { replayAnswerSchema, replayRequestSchema, sourceParamsSchema } from '@/lib/contracts/source-items'
import { route } from '@/lib/http/route'
import { replayRejected } from '@/lib/ingest/replay'

/** Mended items go through the same judge and the same door as they did the first time. */
export const POST = route({
  permission: 'ingest',
  params: sourceParamsSchema,
  body: replayRequestSchema,
  answer: replayAnswerSchema,
  handle: ({ actor, params, body }) =>
    replayRejected(
      {
        orgId: actor.orgId,
        keyId: actor.kind === 'key' ? actor.keyId : null,
        by: { kind: actor.kind, id: actorId(actor) },
      },
      params.source,
      body,
    ),
})
