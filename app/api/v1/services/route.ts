import { scoresAnswerSchema, scoresQuerySchema } from '@/lib/contracts/services'
import { withOrg } from '@/lib/db/with-org'
import { route } from '@/lib/http/route'
import { serviceScores } from '@/lib/rollups/service-scores'

export const GET = route({
  permission: 'read',
  query: scoresQuerySchema,
  answer: scoresAnswerSchema,
  handle: ({ actor, query }) => withOrg(actor, (tx) => serviceScores(tx, query)),
})
