import { type FactorListRow, factorsQuerySchema } from '@/lib/contracts/factors'
import { route } from '@/lib/http/route'
import { csvFile, registerCsv } from '@/lib/reports/register-csv'
import { factorPage } from '@/lib/rollups/factor-list'
import { thisYear } from '@/lib/rollups/factor-year'

const COLUMNS: (keyof FactorListRow)[] = [
  'factor_id',
  'version',
  'newest_version',
  'kind',
  'name',
  'subject',
  'zone',
  'value',
  'unit',
  'u95',
  'u95_is_ours',
  'basis',
  'gwp_set',
  'year',
  'valid_from',
  'valid_to',
  'source',
  'licence',
  'status',
  'is_own',
  'overrides',
  'overridden_by',
  'lines',
]

/** The library as the organisation uses it, filtered as on its page. */
export const GET = route({
  permission: 'read',
  query: factorsQuerySchema.omit({ cursor: true, limit: true }),
  handle: async ({ actor, query: { org: _, ...asked } }) => {
    const rows: FactorListRow[] = []
    let cursor: string | undefined
    do {
      const page = await factorPage({ ...asked, ...thisYear(Date.now()), orgId: actor.orgId, limit: 500, cursor })
      rows.push(...page.factors)
      cursor = page.next_cursor ?? undefined
    } while (cursor !== undefined)
    return csvFile(registerCsv(COLUMNS, rows), 'factors.csv')
  },
})
