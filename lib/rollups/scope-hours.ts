import { z } from 'zod'
import { deploymentSchema } from '@/lib/contracts/common'
import { query } from '@/lib/db/query'
import { count, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const tier = z.number().int().min(1).max(5).nullable()
const scopeHoursRow = z.object({
  deployment: deploymentSchema,
  provisional: z.boolean(),
  screening: z.boolean(),
  gap: z.string().nullable(),
  energy_tier: tier,
  overhead_tier: tier,
  intensity_tier: tier,
  hours: count,
  it_uwh: exactIntegerOrNull,
  facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
})
export type ScopeHours = z.infer<typeof scopeHoursRow>

/**
 * Entry-hours of the UTC days [from, to) by deployment and by everything that decides how good they are: one row a combination,
 * a few dozen in a year. From the entries themselves, so that a gap keeps its reason. Leans on entry_current (org_id, day).
 */
export const scopeHours = (tx: OrgTx, { from, to }: { from: string; to: string }): Promise<ScopeHours[]> =>
  query(tx, {
    name: 'statement.scope_hours',
    row: scopeHoursRow,
    sql: Prisma.sql`
      select a.deployment, e.status = 'provisional' as provisional, coalesce(u.screening, false) as screening, u.gap,
        u.energy_tier::int as energy_tier, u.overhead_tier::int as overhead_tier, u.intensity_tier::int as intensity_tier,
        count(*) as hours, sum(u.it) as it_uwh, sum(u.facility) as facility_uwh, sum(u.mg) as location_mg
      from entry e
      join attribution a on a.org_id = e.org_id and a.attribution_id = e.attribution_id
      cross join lateral unnest(e.it_uwh, e.facility_uwh, e.location_mg, e.screening, e.gap, e.energy_tier, e.overhead_tier,
        e.intensity_tier) as u(it, facility, mg, screening, gap, energy_tier, overhead_tier, intensity_tier)
      where e.org_id = app_org() and e.is_current and e.day >= ${from}::date and e.day < ${to}::date
        and (u.it is not null or u.facility is not null or u.gap is not null)
      group by 1, 2, 3, 4, 5, 6, 7
      order by 1, 2, 3, 4 nulls first, 5, 6, 7`,
  })
