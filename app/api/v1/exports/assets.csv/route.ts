import { z } from 'zod'
import { route } from '@/lib/http/route'
import { assets } from '@/lib/registry/assets'
import { ASSET_COLUMNS } from '@/lib/registry/import-assets'
import { csvFile, registerCsv } from '@/lib/reports/register-csv'

export const GET = route({
  permission: 'read',
  query: z.strictObject({ org: z.string().optional() }),
  handle: async ({ actor }) =>
    csvFile(registerCsv(['asset_id', ...Object.keys(ASSET_COLUMNS)], await assets(actor.orgId)), 'assets.csv'),
})
