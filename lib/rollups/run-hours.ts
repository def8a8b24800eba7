import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, exactInteger, exactIntegerOrNull, instantText } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { attributionsOf } from './run-facts'

const tier = z.number().int().nullable()

const hourRow = z.object({
  at: instantText,
  it_uwh: exactIntegerOrNull,
  facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
  /** Energies of the cells whose emissions are known. */
  known_facility_uwh: exactIntegerOrNull,
  /** Facility energy of the cells whose IT energy is known too: what a PUE divides. */
  paired_facility_uwh: exactIntegerOrNull,
  g_per_kwh: z.number().nullable(),
  energy_tier: tier,
  intensity_tier: tier,
  overhead_tier: tier,
  screening_mg: exactInteger,
  covered_ms: exactInteger,
  elapsed_ms: exactInteger,
  gap: z.string().nullable(),
  gap_cells: count,
  provisional: z.boolean(),
})
export type RunHour = z.output<typeof hourRow>

/** One row is a UTC hour of a run: the sum of its current entries' cells. Days [from, to); leans on entry_by_attribution. */
export const runHours = (
  tx: OrgTx,
  workloadId: string,
  { from, to }: { from: string; to: string },
): Promise<RunHour[]> =>
  query(tx, {
    name: 'run.hours',
    row: hourRow,
    sql: Prisma.sql`
      select e.day::timestamp at time zone 'utc' + (u.place - 1) * interval '1 hour' as at,
        sum(u.it) as it_uwh, sum(u.facility) as facility_uwh, sum(u.mg) as location_mg,
        sum(u.facility) filter (where u.mg is not null) as known_facility_uwh,
        sum(u.facility) filter (where u.it is not null) as paired_facility_uwh,
        avg(u.g) as g_per_kwh, max(u.energy_tier)::int as energy_tier, max(u.intensity_tier)::int as intensity_tier,
        max(u.overhead_tier)::int as overhead_tier, coalesce(sum(u.mg) filter (where u.screening), 0) as screening_mg,
        sum(u.covered) as covered_ms, sum(u.elapsed) as elapsed_ms, max(u.gap) as gap, count(u.gap) as gap_cells,
        bool_or(e.status = 'provisional') as provisional
      from attribution c
      join entry e on e.org_id = c.org_id and e.attribution_id = c.attribution_id and e.is_current
      cross join lateral unnest(e.it_uwh, e.facility_uwh, e.location_mg, e.g_per_kwh, e.energy_tier, e.intensity_tier,
        e.overhead_tier, e.screening, e.covered_ms, e.elapsed_ms, e.gap) with ordinality
        as u(it, facility, mg, g, energy_tier, intensity_tier, overhead_tier, screening, covered, elapsed, gap, place)
      where c.org_id = app_org() and ${attributionsOf(workloadId)}
        and e.day >= ${from}::date and e.day < ${to}::date
        and (u.facility is not null or u.it is not null or u.gap is not null or u.elapsed > 0)
      group by 1
      order by 1`,
  })
