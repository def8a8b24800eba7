import { hardwareCatalogueQuerySchema, hardwareCatalogueSchema } from '@/lib/contracts/hardware-catalogue'
import { hardwareCatalogue } from '@/lib/factors/hardware-catalogue'
import { tablesOfOrganization } from '@/lib/factors/organization-tables'
import { route } from '@/lib/http/route'

export const GET = route({
  permission: 'read',
  query: hardwareCatalogueQuerySchema,
  answer: hardwareCatalogueSchema,
  handle: async ({ actor }) => hardwareCatalogue(await tablesOfOrganization(actor.orgId)),
})
