import { z } from 'zod'
import { query } from '@/lib/db/query'
import { dayText, exactInteger } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const monthRow = z.object({
  month: dayText,
  covered_uwh: exactInteger,
  replaced_mg: exactInteger,
  own_mg: exactInteger,
  effect_mg: exactInteger,
  workloads: z.coerce.number(),
})
export type InstrumentMonth = z.output<typeof monthRow>

/** What one instrument covers in each month of its vintage: one row is a month with consumption. */
export const instrumentMonths = (tx: OrgTx, instrumentId: string): Promise<InstrumentMonth[]> =>
  query(tx, {
    name: 'instruments.months',
    row: monthRow,
    sql: Prisma.sql`
      select l.month, sum(l.covered_uwh) as covered_uwh, sum(l.replaced_mg) as replaced_mg, sum(l.own_mg) as own_mg,
        sum(l.effect_mg) as effect_mg, count(distinct l.attribution_id)::int as workloads
      from allocation_line l
      where l.org_id = app_org() and l.instrument_id = ${instrumentId}::uuid
      group by 1
      order by 1`,
  })

const teamRow = z.object({ team: z.string().nullable(), covered_uwh: exactInteger, effect_mg: exactInteger })
export type InstrumentTeam = z.output<typeof teamRow>

/** Whose energy it covers, largest first; null is energy that no team claims. */
export const instrumentTeams = (tx: OrgTx, instrumentId: string): Promise<InstrumentTeam[]> =>
  query(tx, {
    name: 'instruments.teams',
    row: teamRow,
    sql: Prisma.sql`
      select t.name as team, sum(l.covered_uwh) as covered_uwh, sum(l.effect_mg) as effect_mg
      from allocation_line l
      join attribution a on a.org_id = l.org_id and a.attribution_id = l.attribution_id
      left join team t on t.org_id = a.org_id and t.team_id = a.team_id
      where l.org_id = app_org() and l.instrument_id = ${instrumentId}::uuid
      group by 1
      order by 2 desc, 1 nulls last`,
  })
