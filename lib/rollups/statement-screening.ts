import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, exactInteger } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const zoneRow = z.object({
  zone: z.string(),
  year: z.number().int(),
  hours: count,
  facility_uwh: exactInteger,
  location_mg: exactInteger,
  /** Null while it is kept out. */
  note: z.string().nullable(),
  accepted_by: z.string().nullable(),
  accepted_at: z.string().nullable(),
})
export type ScreeningZone = z.infer<typeof zoneRow>

/** Zones whose Scope 2 hours of the UTC days [from, to) rest on a life-cycle average, and who took which of them into Scope 2. */
export const screeningZones = (tx: OrgTx, { from, to }: { from: string; to: string }): Promise<ScreeningZone[]> =>
  query(tx, {
    name: 'statement.screening',
    row: zoneRow,
    sql: Prisma.sql`
      select s.zone, s.year, s.hours, s.facility_uwh, s.location_mg, x.note, coalesce(p.name, x.accepted_by) as accepted_by,
        to_char(x.accepted_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as accepted_at
      from (
        select a.zone, extract(year from e.day)::int as year, count(*) as hours, coalesce(sum(u.facility), 0) as facility_uwh,
          coalesce(sum(u.mg), 0) as location_mg
        from entry e
        join attribution a on a.org_id = e.org_id and a.attribution_id = e.attribution_id
        cross join lateral unnest(e.facility_uwh, e.location_mg, e.screening) as u(facility, mg, screening)
        where e.org_id = app_org() and e.is_current and e.day >= ${from}::date and e.day < ${to}::date
          and u.screening and a.zone is not null and a.deployment in ('owned', 'colocation_controlled')
        group by 1, 2
      ) s
      left join screening_acceptance x on x.org_id = app_org() and x.zone = s.zone and x.year = s.year
      left join app_user p on p.user_id::text = x.accepted_by
      order by s.location_mg desc, s.zone, s.year`,
  })
