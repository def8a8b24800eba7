import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { dayName } from '@/lib/units/time'
import { firstCell, type LedgerFilter, lastCell, ledgerConditions, saysSomething } from './ledger-filter'

const DAY = 86_400_000

const totalRow = z.object({
  entries: count,
  it_uwh: exactIntegerOrNull,
  facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
})
export type LedgerSum = z.infer<typeof totalRow>

/** The sum of every current entry of the filter, exact. Whole days by their stored totals; a day that the window cuts, by its cells. */
export const ledgerTotal = async (tx: OrgTx, filter: LedgerFilter): Promise<LedgerSum> => {
  const whole = Prisma.sql`(e.day >= ${dayName(filter.from + DAY - 1)}::date and e.day < ${dayName(filter.to)}::date)`
  const sum = (total: Prisma.Sql, cells: Prisma.Sql) => Prisma.sql`
    sum(case when ${whole} then ${total}
      else (select sum(x) from unnest(${cells}[${firstCell(filter.from)}:${lastCell(filter.to)}]) x) end)`
  const [row] = await query(tx, {
    name: 'ledger.total',
    row: totalRow,
    sql: Prisma.sql`
      select count(*) as entries,
        ${sum(Prisma.sql`e.total_it_uwh`, Prisma.sql`e.it_uwh`)} as it_uwh,
        ${sum(Prisma.sql`e.total_facility_uwh`, Prisma.sql`e.facility_uwh`)} as facility_uwh,
        ${sum(Prisma.sql`e.total_location_mg`, Prisma.sql`e.location_mg`)} as location_mg
      from entry e
      join attribution a on a.org_id = e.org_id and a.attribution_id = e.attribution_id
      where ${ledgerConditions(filter)} and e.is_current and ${saysSomething}`,
  })
  return row ?? { entries: 0, it_uwh: null, facility_uwh: null, location_mg: null }
}
