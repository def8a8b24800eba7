import { z } from 'zod'
import { actorId } from '@/lib/auth/actor'
import { sourceMappingAnswerSchema, sourceMappingSchema } from '@/lib/contracts/mapping'
import { route } from '@/lib/http/route'
import { readSourceMapping, writeSourceMapping } from '@/lib/ingest/source-mapping'

const params = z.strictObject({ source: z.string().min(1).max(300) })

export const GET = route({
  permission: 'read',
  params,
  answer: sourceMappingAnswerSchema,
  handle: ({ actor, params: { source } }) => readSourceMapping(actor.orgId, source),
})

export const PUT = route({
  permission: 'site:edit',
  params,
  body: sourceMappingSchema,
  answer: sourceMappingAnswerSchema,
  handle: ({ actor, params: { source }, body }) =>
    writeSourceMapping(actor.orgId, source, body, { kind: actor.kind, id: actorId(actor) }),
})
