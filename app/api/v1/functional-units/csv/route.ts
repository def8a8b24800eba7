import { actorId } from '@/lib/auth/actor'
import { functionalUnitsCsvAnswerSchema, functionalUnitsCsvQuerySchema } from '@/lib/contracts/functional-units'
import { readText } from '@/lib/http/body'
import { route } from '@/lib/http/route'
import { importUnitsCsv } from '@/lib/registry/functional-units-csv'

/** What people enter by hand: machines send JSON and need no more than the scope ingest. */
export const POST = route({
  permission: 'model:edit',
  query: functionalUnitsCsvQuerySchema,
  answer: functionalUnitsCsvAnswerSchema,
  handle: async ({ actor, query, request }) =>
    importUnitsCsv(actor.orgId, await readText(request, 'text/csv'), {
      by: { kind: actor.kind, id: actorId(actor) },
      dryRun: query.dry_run === '1',
    }),
})
