import { z } from 'zod'
import { actorId } from '@/lib/auth/actor'
import { importAnswerSchema, importQuerySchema } from '@/lib/contracts/imports'
import { readText } from '@/lib/http/body'
import { route } from '@/lib/http/route'
import { importMeters } from '@/lib/registry/import-meters'

export const POST = route({
  permission: 'site:edit',
  params: z.strictObject({ site: z.string().min(1).max(63) }),
  query: importQuerySchema,
  answer: importAnswerSchema,
  handle: async ({ actor, params, query, request }) =>
    importMeters(
      actor.orgId,
      params.site,
      { kind: actor.kind, id: actorId(actor) },
      { bytes: await readText(request, 'text/csv'), dryRun: query.dry_run === '1' },
    ),
})
