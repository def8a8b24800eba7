import { z } from 'zod'
import { mappingPreviewAnswerSchema, sourceMappingSchema } from '@/lib/contracts/mapping'
import { route } from '@/lib/http/route'
import { previewMapping } from '@/lib/ingest/source-mapping'

/** Stores nothing: what the series last seen would become. */
export const POST = route({
  permission: 'read',
  params: z.strictObject({ source: z.string().min(1).max(300) }),
  body: sourceMappingSchema,
  answer: mappingPreviewAnswerSchema,
  handle: ({ actor, params, body }) => previewMapping(actor.orgId, params.source, body),
})
