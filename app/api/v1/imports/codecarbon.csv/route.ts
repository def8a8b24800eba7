import { codecarbonCsvAnswerSchema, codecarbonCsvQuerySchema } from '@/lib/contracts/codecarbon-files'
import { readText } from '@/lib/http/body'
import { route } from '@/lib/http/route'
import { importCodecarbonCsv } from '@/lib/ingest/codecarbon-files'

export const POST = route({
  permission: 'ingest',
  query: codecarbonCsvQuerySchema,
  answer: codecarbonCsvAnswerSchema,
  handle: async ({ actor, query, request }) =>
    importCodecarbonCsv(
      { orgId: actor.orgId, keyId: actor.kind === 'key' ? actor.keyId : null },
      { bytes: await readText(request, 'text/csv'), zone: query.time_zone, dryRun: query.dry_run === '1' },
    ),
})
