import { ledgerExportQuerySchema } from '@/lib/contracts/ledger'
import { withOrg } from '@/lib/db/with-org'
import { originOf } from '@/lib/http/origin'
import { route } from '@/lib/http/route'
import { exportName, ledgerCsv } from '@/lib/reports/ledger-export'
import { ledgerFilterOf } from '@/lib/reports/ledger-request'
import { reportingEntity } from '@/lib/rollups/statement-entity'

export const GET = route({
  permission: 'read',
  query: ledgerExportQuerySchema,
  handle: async ({ actor, query, request }) => {
    const filter = ledgerFilterOf(request, query)
    const org = await withOrg(actor, reportingEntity)
    return new Response(ledgerCsv({ org, filter, query, signal: request.signal, origin: originOf(request) }), {
      headers: {
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': `attachment; filename="${exportName(org, query)}"`,
      },
    })
  },
})
