import { z } from 'zod'
import { deploymentSchema } from '@/lib/contracts/common'
import { query } from '@/lib/db/query'
import { exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const placeRow = z.object({
  deployment: deploymentSchema,
  slug: z.string().nullable(),
  name: z.string().nullable(),
  zone: z.string().nullable(),
  workloads: z.coerce.number(),
  facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
})
export type BoundaryPlace = z.output<typeof placeRow>

/** Where workloads ran in whole UTC days [from, to): one row is (deployment × site × zone). Largest first. */
export const boundaryPlaces = (tx: OrgTx, { from, to }: { from: string; to: string }): Promise<BoundaryPlace[]> =>
  query(tx, {
    name: 'boundary.places',
    row: placeRow,
    sql: Prisma.sql`
      select a.deployment, s.slug, s.name, a.zone, count(distinct coalesce(a.run_id, a.service_id))::int as workloads,
        sum(e.total_facility_uwh) as facility_uwh, sum(e.total_location_mg) as location_mg
      from entry e
      join attribution a on a.org_id = e.org_id and a.attribution_id = e.attribution_id
      left join site s on s.org_id = a.org_id and s.site_id = a.site_id
      where e.org_id = app_org() and e.is_current and e.day >= ${from}::date and e.day < ${to}::date
      group by 1, 2, 3, 4
      order by sum(e.total_location_mg) desc nulls last, 1, 2`,
  })
