import { z } from 'zod'
import { route } from '@/lib/http/route'
import { METER_COLUMNS } from '@/lib/registry/import-meters'
import { registeredMeters } from '@/lib/registry/meters'
import { csvFile, registerCsv } from '@/lib/reports/register-csv'

export const GET = route({
  permission: 'read',
  params: z.strictObject({ site: z.string().min(1).max(63) }),
  query: z.strictObject({ org: z.string().optional() }),
  handle: async ({ actor, params }) =>
    csvFile(
      registerCsv(['meter_id', ...Object.keys(METER_COLUMNS)], await registeredMeters(actor.orgId, params.site)),
      `${params.site}-meters.csv`,
    ),
})
