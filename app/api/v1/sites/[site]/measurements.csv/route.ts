import { z } from 'zod'
import { route } from '@/lib/http/route'
import { MEASUREMENT_COLUMNS, siteMeasurements } from '@/lib/registry/site-measurements'
import { csvFile, registerCsv } from '@/lib/reports/register-csv'

/** What stands of each month; earlier revisions are on the page and in GET …/measurements. */
export const GET = route({
  permission: 'read',
  params: z.strictObject({ site: z.string().min(1).max(63) }),
  query: z.strictObject({ org: z.string().optional() }),
  handle: async ({ actor, params }) => {
    const current = (await siteMeasurements(actor.orgId, params.site)).filter(({ is_current }) => is_current)
    const columns = [...Object.keys(MEASUREMENT_COLUMNS), 'revision', 'recorded_at']
    return csvFile(registerCsv(columns, current), `${params.site}-measurements.csv`)
  },
})
