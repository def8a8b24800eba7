import { reportFileParamsSchema, reportFileQuerySchema, yearOfFile } from '@/lib/contracts/statement'
import { withOrg } from '@/lib/db/with-org'
import { AppError } from '@/lib/errors'
import { originOf } from '@/lib/http/origin'
import { route } from '@/lib/http/route'
import { statementFileName, statementPdf } from '@/lib/reports/pdf/statement-pdf'
import { statement } from '@/lib/reports/statement'

export const GET = route({
  permission: 'read',
  params: reportFileParamsSchema,
  query: reportFileQuerySchema,
  handle: async ({ actor, params, request }) => {
    const year = yearOfFile(params.file)
    if (year === null) throw new AppError('not_found', 'No such report. A statement is named by its year: 2026.pdf.')
    const made = await withOrg(actor, (tx) => statement(tx, { year }), { snapshot: true })
    const pdf = await statementPdf(made, { origin: originOf(request) })
    return new Response(new Uint8Array(pdf), {
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename="${statementFileName(made)}"`,
        'x-facts-sha256': made.factsSha256,
      },
    })
  },
})
