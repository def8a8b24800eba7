import { matchingAnswerSchema, matchingQuerySchema } from '@/lib/contracts/instruments'
import { route } from '@/lib/http/route'
import { matchingOf } from '@/lib/reports/instrument-matching'

export const GET = route({
  permission: 'read',
  query: matchingQuerySchema,
  answer: matchingAnswerSchema,
  handle: ({ actor, query: { from, to, market } }) => matchingOf(actor.orgId, { from, to, market }),
})
