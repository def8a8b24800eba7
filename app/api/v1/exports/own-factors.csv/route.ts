import { z } from 'zod'
import { route } from '@/lib/http/route'
import { ownFactors } from '@/lib/registry/edit-factor'
import { FACTOR_COLUMNS } from '@/lib/registry/import-factors'
import { csvFile, registerCsv } from '@/lib/reports/register-csv'

/** An organisation's own factors, in the columns of the import. */
export const GET = route({
  permission: 'read',
  query: z.strictObject({ org: z.string().optional() }),
  handle: async ({ actor }) =>
    csvFile(
      registerCsv(
        ['factor_id', ...Object.keys(FACTOR_COLUMNS)],
        (await ownFactors(actor.orgId)).map(({ id, fields }) => ({ factor_id: id, ...fields })),
      ),
      'own-factors.csv',
    ),
})
