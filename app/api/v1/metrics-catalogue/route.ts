import { z } from 'zod'
import { metricsCatalogueSchema } from '@/lib/contracts/metrics-catalogue'
import { route } from '@/lib/http/route'
import { metricsCatalogue } from '@/lib/planning/metrics-catalogue'

export const GET = route({
  permission: 'read',
  query: z.strictObject({ org: z.string().optional() }),
  answer: metricsCatalogueSchema,
  handle: async () => metricsCatalogue(),
})
