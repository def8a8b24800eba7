import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, dayText, exactInteger, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { DEVICE_HOURS } from './device-hours'

const dayRow = z.object({
  service_id: z.string(),
  day: dayText,
  it_uwh: exactIntegerOrNull,
  facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
  embodied_mg: exactIntegerOrNull,
  water_ul: exactIntegerOrNull,
  source_water_ul: exactIntegerOrNull,
  /** Entries that drew energy and lack the measure: a sum over the others would be too small. */
  lacks_location: count,
  lacks_embodied: count,
  lacks_water: count,
  lacks_devices: count,
  device_hours: z.number().nullable(),
  screening_mg: exactInteger,
  gap_hours: count,
  provisional: z.boolean(),
})
export type ServiceDay = z.output<typeof dayRow>

/** One row is a service × UTC day with anything in the ledger, over all its places and models. Leans on entry_current (org_id, day). */
export const serviceDays = (
  tx: OrgTx,
  { from, to, service }: { from: string; to: string; service?: string },
): Promise<ServiceDay[]> =>
  query(tx, {
    name: 'services.days',
    row: dayRow,
    sql: Prisma.sql`
      select c.service_id, e.day, sum(e.total_it_uwh) as it_uwh, sum(e.total_facility_uwh) as facility_uwh,
        sum(e.total_location_mg) as location_mg, sum(e.total_embodied_mg) as embodied_mg, sum(e.total_water_ul) as water_ul,
        sum(e.total_source_water_ul) as source_water_ul,
        count(*) filter (where e.total_facility_uwh is not null and e.total_location_mg is null) as lacks_location,
        count(*) filter (where e.total_facility_uwh is not null and e.total_embodied_mg is null) as lacks_embodied,
        count(*) filter (where e.total_facility_uwh is not null
          and (e.total_water_ul is null or e.total_source_water_ul is null)) as lacks_water,
        count(*) filter (where e.total_facility_uwh is not null and c.hardware_count is null) as lacks_devices,
        sum(${DEVICE_HOURS})::float8 as device_hours,
        coalesce(sum((select sum(u.mg) from unnest(e.location_mg, e.screening) as u(mg, screening) where u.screening)), 0)
          as screening_mg,
        sum((select count(g) from unnest(e.gap) g)) as gap_hours, bool_or(e.status = 'provisional') as provisional
      from entry e
      join attribution c on c.org_id = e.org_id and c.attribution_id = e.attribution_id
      where e.org_id = app_org() and e.is_current and not e.unallocated and c.service_id is not null
        and e.day >= ${from}::date and e.day < ${to}::date
        ${service ? Prisma.sql`and c.service_id = ${service}::uuid` : Prisma.empty}
      group by 1, 2
      order by 1, 2`,
  })

const unitRow = z.object({
  service_id: z.string(),
  day: dayText,
  unit: z.string(),
  count: z.number(),
  source: z.string(),
})
export type ServiceUnitDay = z.output<typeof unitRow>

/** What services stated to have delivered, by UTC day and unit. */
export const serviceUnitDays = (
  tx: OrgTx,
  { from, to, service }: { from: string; to: string; service?: string },
): Promise<ServiceUnitDay[]> =>
  query(tx, {
    name: 'services.unit_days',
    row: unitRow,
    sql: Prisma.sql`
      select u.service_id, u.day, u.unit, u.count, u.source
      from functional_unit u
      where u.org_id = app_org() and u.service_id is not null and u.day >= ${from}::date and u.day < ${to}::date
        ${service ? Prisma.sql`and u.service_id = ${service}::uuid` : Prisma.empty}
      order by 1, 2, 3`,
  })
