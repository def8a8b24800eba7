import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, exactInteger } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { dayName } from '@/lib/units/time'
import { cubeConditions } from './cube-filter'
import type { LedgerFilter } from './ledger-filter'

const allocationRow = z.object({
  month: z.string(),
  instrument_id: z.string(),
  instrument: z.string(),
  workload: z.string(),
  covered_uwh: exactInteger,
  replaced_mg: exactInteger,
  own_mg: exactInteger,
  effect_mg: exactInteger,
})
export type ExplainedAllocation = z.output<typeof allocationRow>

/** A register of contracts has few rows a month; the largest effects are named. */
const MOST = 100

/** Allocation lines of the months that the window touches, for the workloads of the filter; largest effect first. */
export const explainedAllocations = (
  tx: OrgTx,
  filter: LedgerFilter & { attributionId?: string; instrumentId?: string },
): Promise<ExplainedAllocation[]> => {
  const window = { from: dayName(filter.from), to: dayName(filter.to) }
  const run = filter.run
    ? Prisma.sql`and (c.run_id = ${filter.run}::uuid or (c.run_id is null and c.service_id = ${filter.run}::uuid))`
    : Prisma.empty
  const one = filter.attributionId ? Prisma.sql`and l.attribution_id = ${filter.attributionId}::uuid` : Prisma.empty
  const contract = filter.instrumentId ? Prisma.sql`and l.instrument_id = ${filter.instrumentId}::uuid` : Prisma.empty
  return query(tx, {
    name: 'explain.allocations',
    row: allocationRow,
    sql: Prisma.sql`
      select to_char(l.month, 'YYYY-MM') as month, l.instrument_id::text as instrument_id, i.name as instrument,
        case when l.unallocated then 'unallocated' else coalesce(r.name, s.name, 'site') end as workload,
        l.covered_uwh, l.replaced_mg, l.own_mg, l.effect_mg
      from allocation_line l
      join instrument i on i.org_id = l.org_id and i.instrument_id = l.instrument_id
      join attribution c on c.org_id = l.org_id and c.attribution_id = l.attribution_id
      left join run r on r.org_id = l.org_id and r.run_id = c.run_id
      left join service s on s.org_id = l.org_id and s.service_id = c.service_id
      where l.org_id = app_org() and l.month >= date_trunc('month', ${window.from}::date) and l.month < ${window.to}::date
        and ${cubeConditions({ ...filter, ...window })} ${run} ${one} ${contract}
      order by abs(l.effect_mg) desc, l.month, l.instrument_id, l.attribution_id
      limit ${MOST}`,
  })
}

const monthRow = z.object({
  month: z.string(),
  lines: count,
  covered_uwh: exactInteger,
  replaced_mg: exactInteger,
  own_mg: exactInteger,
  effect_mg: exactInteger,
})

/** What an instrument does in each month that it covers anything in. */
export const allocationMonths = (tx: OrgTx, instrumentId: string): Promise<z.output<typeof monthRow>[]> =>
  query(tx, {
    name: 'explain.allocation_months',
    row: monthRow,
    sql: Prisma.sql`
      select to_char(l.month, 'YYYY-MM') as month, count(*) as lines, sum(l.covered_uwh) as covered_uwh,
        sum(l.replaced_mg) as replaced_mg, sum(l.own_mg) as own_mg, sum(l.effect_mg) as effect_mg
      from allocation_line l
      where l.org_id = app_org() and l.instrument_id = ${instrumentId}::uuid
      group by 1
      order by 1`,
  })
