import { actorId } from '@/lib/auth/actor'
import { intensityImportAnswerSchema, intensityImportQuerySchema } from '@/lib/contracts/grid'
import { importIntensityFile } from '@/lib/grid/import-file'
import { readText } from '@/lib/http/body'
import { route } from '@/lib/http/route'

export const POST = route({
  permission: 'grid:import',
  query: intensityImportQuerySchema,
  answer: intensityImportAnswerSchema,
  status: 201,
  handle: async ({ actor, query, request }) =>
    importIntensityFile(
      actor.orgId,
      { kind: actor.kind, id: actorId(actor) },
      { zone: query.zone, basis: query.basis, bytes: await readText(request, 'text/csv') },
    ),
})
