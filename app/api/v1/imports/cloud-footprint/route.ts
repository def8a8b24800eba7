import { actorId } from '@/lib/auth/actor'
import { footprintImportQuerySchema } from '@/lib/contracts/cloud-footprints'
import { importAnswerSchema } from '@/lib/contracts/imports'
import { readBody } from '@/lib/http/body'
import { route } from '@/lib/http/route'
import { importFootprint } from '@/lib/ingest/cloud/accept-footprints'

/** A provider's export as it is: CSV or JSON, which its first character tells. */
export const POST = route({
  permission: 'activity:edit',
  query: footprintImportQuerySchema,
  answer: importAnswerSchema,
  handle: async ({ actor, query, request }) =>
    importFootprint(actor.orgId, { kind: actor.kind, id: actorId(actor) }, { bytes: await readBody(request), query }),
})
