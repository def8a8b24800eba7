import { compareAnswerSchema, compareQuerySchema } from '@/lib/contracts/compare'
import { withOrg } from '@/lib/db/with-org'
import { route } from '@/lib/http/route'
import { compare } from '@/lib/rollups/compare'

export const GET = route({
  permission: 'read',
  query: compareQuerySchema,
  answer: compareAnswerSchema,
  handle: ({ actor, query }) => withOrg(actor, (tx) => compare(tx, query)),
})
