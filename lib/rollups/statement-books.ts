import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const booksRow = z.object({
  entries: count,
  restated: count,
  first_day: z.string().nullable(),
  last_day: z.string().nullable(),
  posted_at: z.string().nullable(),
  method_versions: z.array(z.string()),
})
export type StatementBooks = z.infer<typeof booksRow>

/** What the ledger holds of the UTC days [from, to): current entries, how many are later revisions, when it was last posted. */
export const statementBooks = async (
  tx: OrgTx,
  { from, to }: { from: string; to: string },
): Promise<StatementBooks> => {
  const [row] = await query(tx, {
    name: 'statement.books',
    row: booksRow,
    sql: Prisma.sql`
      select count(*) as entries, count(*) filter (where revision > 1) as restated,
        to_char(min(day), 'YYYY-MM-DD') as first_day, to_char(max(day), 'YYYY-MM-DD') as last_day,
        to_char(max(posted_at) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as posted_at,
        coalesce(array_agg(distinct method_version order by method_version), '{}') as method_versions
      from entry
      where org_id = app_org() and is_current and day >= ${from}::date and day < ${to}::date
        and (total_it_uwh is not null or total_facility_uwh is not null or array_remove(gap, null) <> '{}')`,
  })
  return row ?? { entries: 0, restated: 0, first_day: null, last_day: null, posted_at: null, method_versions: [] }
}
