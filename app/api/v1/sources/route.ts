import { sourcesAnswerSchema, sourcesQuerySchema } from '@/lib/contracts/sources'
import { withOrg } from '@/lib/db/with-org'
import { route } from '@/lib/http/route'
import { sourcesAnswer } from '@/lib/rollups/sources'

export const GET = route({
  permission: 'read',
  query: sourcesQuerySchema,
  answer: sourcesAnswerSchema,
  handle: ({ actor }) => withOrg(actor, sourcesAnswer),
})
