import { z } from 'zod'
import { route } from '@/lib/http/route'
import { activityLines, fieldsOfLine } from '@/lib/registry/activity-lines'
import { ACTIVITY_COLUMNS } from '@/lib/registry/import-activities'
import { csvFile, registerCsv } from '@/lib/reports/register-csv'

export const GET = route({
  permission: 'read',
  query: z.strictObject({ org: z.string().optional() }),
  handle: async ({ actor }) => {
    const rows = (await activityLines(actor.orgId)).map((line) => ({
      activity_id: line.activity_id,
      ...fieldsOfLine(line),
    }))
    return csvFile(registerCsv(['activity_id', ...Object.keys(ACTIVITY_COLUMNS)], rows), 'activities.csv')
  },
})
