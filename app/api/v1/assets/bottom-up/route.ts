import { serverEstimateSchema, serverPartsSchema } from '@/lib/contracts/assets'
import { tablesOfOrganization } from '@/lib/factors/organization-tables'
import { route } from '@/lib/http/route'
import { serverEstimate } from '@/lib/registry/server-estimate'

/** Stores nothing: the answer fills the form of an asset. */
export const POST = route({
  permission: 'read',
  body: serverPartsSchema,
  answer: serverEstimateSchema,
  handle: async ({ actor, body }) => serverEstimate(await tablesOfOrganization(actor.orgId), body),
})
