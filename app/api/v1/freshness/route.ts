import { freshnessQuerySchema, freshnessSchema } from '@/lib/contracts/freshness'
import { withOrg } from '@/lib/db/with-org'
import { route } from '@/lib/http/route'
import { freshness } from '@/lib/rollups/freshness'

export const GET = route({
  permission: 'read',
  query: freshnessQuerySchema,
  answer: freshnessSchema,
  handle: ({ actor }) => withOrg(actor, freshness),
})
