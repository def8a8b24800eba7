import { z } from 'zod'
import { query } from '@/lib/db/query'
import { exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { DEVICE_HOURS } from './device-hours'

const partRow = z.object({
  site: z.string().nullable(),
  slug: z.string().nullable(),
  zone: z.string().nullable(),
  model: z.string().nullable(),
  hardware: z.string().nullable(),
  it_uwh: exactIntegerOrNull,
  facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
  embodied_mg: exactIntegerOrNull,
  known_facility_uwh: exactIntegerOrNull,
  device_hours: z.number().nullable(),
  /** Of one device that does nothing, as the asset register states it. */
  idle_w: z.number().nullable(),
})
export type ServicePart = z.output<typeof partRow>

/** One row is a place × model × hardware of a service in the days [from, to), the largest emission first. */
export const serviceParts = (
  tx: OrgTx,
  service: string,
  { from, to }: { from: string; to: string },
): Promise<ServicePart[]> =>
  query(tx, {
    name: 'services.parts',
    row: partRow,
    sql: Prisma.sql`
      select p.name as site, p.slug, c.zone, m.name as model, c.hardware, sum(e.total_it_uwh) as it_uwh,
        sum(e.total_facility_uwh) as facility_uwh, sum(e.total_location_mg) as location_mg, sum(e.total_embodied_mg) as embodied_mg,
        sum((select sum(u.facility) from unnest(e.facility_uwh, e.location_mg) as u(facility, mg) where u.mg is not null))
          as known_facility_uwh,
        sum(${DEVICE_HOURS})::float8 as device_hours,
        (select a.idle_w from asset a where a.org_id = app_org() and a.removed_at is null and a.hardware = c.hardware
          and a.idle_w is not null order by a.in_service_on desc, a.asset_id limit 1) as idle_w
      from attribution c
      join entry e on e.org_id = c.org_id and e.attribution_id = c.attribution_id and e.is_current
      left join site p on p.org_id = c.org_id and p.site_id = c.site_id
      left join model m on m.org_id = c.org_id and m.model_id = c.model_id
      where c.org_id = app_org() and c.service_id = ${service}::uuid and not e.unallocated
        and e.day >= ${from}::date and e.day < ${to}::date
      group by 1, 2, 3, 4, 5
      order by 8 desc nulls last, 1, 4`,
  })

/**
 * Share of the IT energy that the devices would have drawn doing nothing: Σ device-hours × idle power ÷ Σ IT energy. Null unless the idle
 * power of all its hardware is registered.
 */
export const idleShareOf = (parts: readonly ServicePart[]): number | null => {
  let idleWh = 0
  let itWh = 0
  for (const part of parts) {
    if (part.it_uwh === null) continue
    if (part.idle_w === null || part.device_hours === null) return null
    idleWh += part.device_hours * part.idle_w
    itWh += Number(part.it_uwh) / 1e6
  }
  return itWh === 0 ? null : Math.min(1, idleWh / itWh)
}
