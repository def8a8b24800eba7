import { z } from 'zod'
import type { LedgerMethod } from '@/lib/contracts/ledger'
import { query } from '@/lib/db/query'
import { count, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { DAY, dayName } from '@/lib/units/time'
import { instrumentHours } from './instrument-effect'
import { firstCell, type LedgerFilter, lastCell, ledgerConditions, saysSomething } from './ledger-filter'

const totalRow = z.object({
  entries: count,
  it_uwh: exactIntegerOrNull,
  facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
  market_mg: exactIntegerOrNull,
  loss_mg: exactIntegerOrNull,
  upstream_mg: exactIntegerOrNull,
  embodied_mg: exactIntegerOrNull,
  /** Location-based, of deployments whose electricity is not Scope 2: the same by both methods. */
  scope3_mg: exactIntegerOrNull,
  /** Market-based before instruments, of Scope 2. */
  scope2_market_mg: exactIntegerOrNull,
  instrument_mg: exactIntegerOrNull,
})
export type LedgerSum = z.infer<typeof totalRow>

const EMPTY: LedgerSum = {
  entries: 0,
  it_uwh: null,
  facility_uwh: null,
  location_mg: null,
  market_mg: null,
  loss_mg: null,
  upstream_mg: null,
  embodied_mg: null,
  scope3_mg: null,
  scope2_market_mg: null,
  instrument_mg: null,
}

const SCOPE_2 = Prisma.sql`a.deployment in ('owned', 'colocation_controlled')`

/** What instruments take off the entries of the filter, in the hours of its window. */
const instruments = (filter: LedgerFilter): Prisma.Sql => Prisma.sql`(
  select sum(h.effect_mg)
  from (${instrumentHours({ from: dayName(filter.from), to: dayName(filter.to + DAY - 1) })}) h
  join entry e on e.org_id = app_org() and e.attribution_id = h.attribution_id and e.unallocated = h.unallocated and e.day = h.day
    and e.is_current
  join attribution a on a.org_id = e.org_id and a.attribution_id = e.attribution_id
  where ${ledgerConditions(filter)}
    and h.place between ${firstCell(filter.from)} and ${lastCell(filter.to)})`

/** The sum of every current entry of the filter, exact. Whole days by their stored totals; a day that the window cuts, by its cells. */
export const ledgerTotal = async (
  tx: OrgTx,
  filter: LedgerFilter,
  method: LedgerMethod = 'location',
): Promise<LedgerSum> => {
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
        ${sum(Prisma.sql`e.total_location_mg`, Prisma.sql`e.location_mg`)} as location_mg,
        ${sum(Prisma.sql`e.total_market_mg`, Prisma.sql`e.market_mg`)} as market_mg,
        ${sum(Prisma.sql`e.total_loss_mg`, Prisma.sql`e.loss_mg`)} as loss_mg,
        ${sum(Prisma.sql`e.total_upstream_mg`, Prisma.sql`e.upstream_mg`)} as upstream_mg,
        ${sum(Prisma.sql`e.total_embodied_mg`, Prisma.sql`e.embodied_mg`)} as embodied_mg,
        ${sum(Prisma.sql`e.total_location_mg`, Prisma.sql`e.location_mg`)} filter (where not ${SCOPE_2}) as scope3_mg,
        ${sum(Prisma.sql`e.total_market_mg`, Prisma.sql`e.market_mg`)} filter (where ${SCOPE_2}) as scope2_market_mg,
        ${method === 'market' ? instruments(filter) : Prisma.sql`null::numeric`} as instrument_mg
      from entry e
      join attribution a on a.org_id = e.org_id and a.attribution_id = e.attribution_id
      where ${ledgerConditions(filter)} and e.is_current and ${saysSomething}`,
  })
  return row ?? EMPTY
}
