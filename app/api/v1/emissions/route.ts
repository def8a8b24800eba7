import { emissionsAnswerSchema, emissionsQuerySchema } from '@/lib/contracts/emissions'
import { withOrg } from '@/lib/db/with-org'
import { route } from '@/lib/http/route'
import { emissions } from '@/lib/rollups/emissions'

export const GET = route({
  permission: 'read',
  query: emissionsQuerySchema,
  answer: emissionsAnswerSchema,
  handle: ({ actor, query }) => withOrg(actor, (tx) => emissions(tx, query)),
})
