import { z } from 'zod'
import { route } from '@/lib/http/route'
import { INSTRUMENT_COLUMNS } from '@/lib/registry/import-instruments'
import { instruments } from '@/lib/registry/instruments'
import { csvFile, registerCsv } from '@/lib/reports/register-csv'

export const GET = route({
  permission: 'read',
  query: z.strictObject({ org: z.string().optional() }),
  handle: async ({ actor }) => {
    const rows = (await instruments(actor.orgId)).map((one) => ({
      ...one,
      hourly_profile: one.hourly_profile?.join(' ') ?? null,
    }))
    return csvFile(registerCsv(['instrument_id', ...Object.keys(INSTRUMENT_COLUMNS)], rows), 'instruments.csv')
  },
})
