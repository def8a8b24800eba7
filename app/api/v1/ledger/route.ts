import { ledgerAnswerSchema, ledgerQuerySchema } from '@/lib/contracts/ledger'
import { withOrg } from '@/lib/db/with-org'
import { route } from '@/lib/http/route'
import { ledgerAnswer } from '@/lib/reports/ledger-answer'
import { ledgerFilterOf } from '@/lib/reports/ledger-request'

export const GET = route({
  permission: 'read',
  query: ledgerQuerySchema,
  answer: ledgerAnswerSchema,
  handle: ({ actor, query, request }) => {
    const filter = ledgerFilterOf(request, query)
    return withOrg(actor, (tx) => ledgerAnswer(tx, filter, query, query))
  },
})
