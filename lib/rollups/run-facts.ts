import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, dayText, instantText } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const names = z.array(z.string())

const factsRow = z.object({
  workload_id: z.string(),
  name: z.string(),
  is_service: z.boolean(),
  created_at: instantText,
  services: names,
  teams: names,
  models: names,
  stages: names,
  sites: z.array(z.object({ slug: z.string(), name: z.string() })),
  zones: names,
  cloud_regions: names,
  deployments: names,
  hardware: names,
  first_day: dayText.nullable(),
  last_day: dayText.nullable(),
  first_at: instantText.nullable(),
  last_at: instantText.nullable(),
  entries: count,
})
export type RunFacts = z.output<typeof factsRow>

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Attributions of a run, or of a service where no run was named, as runs lists them. */
export const attributionsOf = (workloadId: string): Prisma.Sql =>
  Prisma.sql`(c.run_id = ${workloadId}::uuid or (c.run_id is null and c.service_id = ${workloadId}::uuid))`

/** What is known of one run or service and from when to when it was read; null for what is not one of this organisation. */
export const runFacts = async (tx: OrgTx, workloadId: string): Promise<RunFacts | null> => {
  if (!UUID.test(workloadId)) return null
  const [facts] = await query(tx, {
    name: 'run.facts',
    row: factsRow,
    sql: Prisma.sql`
      with w as (
        select run_id as workload_id, name, false as is_service, created_at
        from run where org_id = app_org() and run_id = ${workloadId}::uuid
        union all
        select service_id, name, true, created_at
        from service where org_id = app_org() and service_id = ${workloadId}::uuid
      ), told as (
        select c.* from attribution c where c.org_id = app_org() and ${attributionsOf(workloadId)}
      ), read as (
        select min(e.day) as first_day, max(e.day) as last_day, min(e.first_at) as first_at, max(e.last_at) as last_at,
          count(*) as entries
        from entry e
        where e.org_id = app_org() and e.is_current and e.attribution_id in (select attribution_id from told)
      )
      select w.*, read.*,
        array(select distinct s.name from told c join service s on s.org_id = c.org_id and s.service_id = c.service_id
          order by 1) as services,
        array(select distinct t.name from told c join team t on t.org_id = c.org_id and t.team_id = c.team_id
          order by 1) as teams,
        array(select distinct m.name from told c join model m on m.org_id = c.org_id and m.model_id = c.model_id
          order by 1) as models,
        array(select distinct stage from told where stage is not null order by 1) as stages,
        coalesce((select jsonb_agg(distinct jsonb_build_object('slug', p.slug, 'name', p.name))
          from told c join site p on p.org_id = c.org_id and p.site_id = c.site_id), '[]') as sites,
        array(select distinct zone from told where zone is not null order by 1) as zones,
        array(select distinct cloud_region from told where cloud_region is not null order by 1) as cloud_regions,
        array(select distinct deployment from told order by 1) as deployments,
        array(select distinct concat_ws(' × ', hardware_count::text, hardware) from told where hardware is not null
          order by 1) as hardware
      from w cross join read`,
  })
  return facts ?? null
}
