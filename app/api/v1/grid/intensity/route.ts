import { actorId } from '@/lib/auth/actor'
import { intensityImportAnswerSchema, intensityImportQuerySchema } from '@/lib/contracts/grid'
import { AppError } from '@/lib/errors'
import { importIntensityFile } from '@/lib/grid/import-file'
import { readBody } from '@/lib/http/body'
import { route } from '@/lib/http/route'

/** A CSV, or the saved JSON of an API. */
const bytesOf = (request: Request): Promise<Buffer> => {
  if (!/^(text\/csv|application\/json)\b/i.test(request.headers.get('content-type') ?? ''))
    throw new AppError('unsupported_media_type', 'Send the file as text/csv or application/json.')
  return readBody(request)
}

export const POST = route({
  permission: 'grid:import',
  query: intensityImportQuerySchema,
  answer: intensityImportAnswerSchema,
  status: 201,
  handle: async ({ actor, query, request }) =>
    importIntensityFile(
      actor.orgId,
      { kind: actor.kind, id: actorId(actor) },
      { zone: query.zone, basis: query.basis, bytes: await bytesOf(request) },
    ),
})
