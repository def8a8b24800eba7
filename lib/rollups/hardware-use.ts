import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { DEVICE_HOURS } from './device-hours'

const useRow = z.object({
  /** As senders write it, the most usual spelling. */
  hardware: z.string(),
  /** As hardwareKey folds it. */
  hardware_key: z.string(),
  site: z.string().nullable(),
  /** Rented: the machine is somebody else's, and in nobody's register here. */
  is_rented: z.boolean(),
  month: z.string(),
  embodied_mg: exactIntegerOrNull,
  it_uwh: exactIntegerOrNull,
  device_hours: z.number().nullable(),
  workloads: count,
})
export type HardwareUse = z.output<typeof useRow>

/**
 * What workloads held of each hardware at each site in the months of [from, to): amortised embodied as booked, device-hours, IT energy.
 * One row is hardware × site × rented or not × month; months at the window's ends hold its days alone. Leans on entry_by_attribution.
 */
export const hardwareUse = (tx: OrgTx, { from, to }: { from: string | null; to: string }): Promise<HardwareUse[]> =>
  query(tx, {
    name: 'hardware.use',
    row: useRow,
    sql: Prisma.sql`
      select mode() within group (order by c.hardware) as hardware,
        trim(both '-' from regexp_replace(lower(c.hardware), '[^a-z0-9]+', '-', 'g')) as hardware_key,
        p.slug as site, c.deployment in ('cloud', 'api', 'customer') as is_rented, to_char(e.day, 'YYYY-MM') as month,
        sum(e.total_embodied_mg) as embodied_mg, sum(e.total_it_uwh) as it_uwh, sum(${DEVICE_HOURS})::float8 as device_hours,
        count(distinct coalesce(c.run_id, c.service_id)) as workloads
      from entry e
      join attribution c on c.org_id = e.org_id and c.attribution_id = e.attribution_id
      left join site p on p.org_id = c.org_id and p.site_id = c.site_id
      where e.org_id = app_org() and e.is_current and not e.unallocated and c.hardware is not null
        and e.day < ${to}::date ${from === null ? Prisma.empty : Prisma.sql`and e.day >= ${from}::date`}
      group by 2, 3, 4, 5
      order by 2, 3, 4, 5`,
  })
