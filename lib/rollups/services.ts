import { z } from 'zod'
import { query } from '@/lib/db/query'
import { dayText } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const names = z.array(z.string())

const serviceRow = z.object({
  service_id: z.string(),
  name: z.string(),
  teams: names,
  models: names,
  sites: names,
  zones: names,
  hardware: names,
  /** Units that anybody stated for it, ever. */
  units: names,
  first_day: dayText.nullable(),
  last_day: dayText.nullable(),
})
export type ServiceRow = z.output<typeof serviceRow>

/** Every service of the organisation, by name, with what its senders said of it. */
export const services = (tx: OrgTx): Promise<ServiceRow[]> =>
  query(tx, {
    name: 'services.list',
    row: serviceRow,
    sql: Prisma.sql`
      select s.service_id, s.name,
        coalesce(array_agg(distinct t.name) filter (where t.name is not null), '{}') as teams,
        coalesce(array_agg(distinct m.name) filter (where m.name is not null), '{}') as models,
        coalesce(array_agg(distinct p.name) filter (where p.name is not null), '{}') as sites,
        coalesce(array_agg(distinct c.zone) filter (where c.zone is not null), '{}') as zones,
        coalesce(array_agg(distinct c.hardware) filter (where c.hardware is not null), '{}') as hardware,
        array(select distinct u.unit from functional_unit u where u.org_id = app_org() and u.service_id = s.service_id order by 1)
          as units,
        min(e.first_day) as first_day, max(e.last_day) as last_day
      from service s
      left join attribution c on c.org_id = s.org_id and c.service_id = s.service_id
      left join lateral (
        select min(day) as first_day, max(day) as last_day from entry
        where org_id = app_org() and attribution_id = c.attribution_id and is_current
      ) e on true
      left join team t on t.org_id = c.org_id and t.team_id = c.team_id
      left join model m on m.org_id = c.org_id and m.model_id = c.model_id
      left join site p on p.org_id = c.org_id and p.site_id = c.site_id
      where s.org_id = app_org()
      group by 1, 2
      order by 2`,
  })
