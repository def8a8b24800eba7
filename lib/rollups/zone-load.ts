import { z } from 'zod'
import { query } from '@/lib/db/query'
import { dayText, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const dayRow = z.object({ day: dayText, facility_uwh: exactIntegerOrNull, location_mg: exactIntegerOrNull })
export type ZoneLoadDay = z.output<typeof dayRow>

/** Energy of the organisation in a zone by UTC day of [from, to), and its emissions: the quotient of their sums is the load-weighted mean. */
export const zoneLoadDays = (
  tx: OrgTx,
  { zone, from, to }: { zone: string; from: string; to: string },
): Promise<ZoneLoadDay[]> =>
  query(tx, {
    name: 'zone.load_days',
    row: dayRow,
    sql: Prisma.sql`
      select day, sum(facility_uwh) as facility_uwh, sum(location_mg) as location_mg
      from emission_day
      where org_id = app_org() and zone = ${zone} and day >= ${from}::date and day < ${to}::date
      group by day
      order by day`,
  })
