import { actorId } from '@/lib/auth/actor'
import { importAnswerSchema, importQuerySchema } from '@/lib/contracts/imports'
import { readText } from '@/lib/http/body'
import { route } from '@/lib/http/route'
import { importFactors } from '@/lib/registry/import-factors'

export const POST = route({
  permission: 'factor:edit',
  query: importQuerySchema,
  answer: importAnswerSchema,
  handle: async ({ actor, query, request }) =>
    importFactors(
      actor.orgId,
      { kind: actor.kind, id: actorId(actor) },
      { bytes: await readText(request, 'text/csv'), dryRun: query.dry_run === '1' },
    ),
})
