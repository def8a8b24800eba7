import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, exactInteger } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const factorUseRow = z.object({
  role: z.enum(['intensity', 'overhead']),
  id: z.string(),
  version: count,
  name: z.string(),
  source: z.string(),
  basis: z.string().nullable(),
  hours: count,
  location_mg: exactInteger,
  is_library: z.boolean(),
  value: z.number().nullable(),
  unit: z.string().nullable(),
  year: z.number().int().nullable(),
  gases: z.string().nullable(),
  licence: z.string().nullable(),
  status: z.string().nullable(),
  note: z.string().nullable(),
  source_url: z.string().nullable(),
  sha256: z.string().nullable(),
  /** Of a site's own PUE. */
  site: z.string().nullable(),
})
export type FactorUse = z.infer<typeof factorUseRow>

/**
 * Every factor that an hour of the UTC days [from, to) rests on, as intensity or as overhead, with the hours and the mass it
 * influenced, and what the register says of it. A factor that is no library row (hourly series, declared by the sender) has only what
 * its entries kept. Leans on entry_current (org_id, day).
 */
export const factorsUsed = (tx: OrgTx, { from, to }: { from: string; to: string }): Promise<FactorUse[]> =>
  query(tx, {
    name: 'statement.factors_used',
    row: factorUseRow,
    sql: Prisma.sql`
      with cell as (
        select e.factors, u.mg, u.intensity, u.overhead
        from entry e
        cross join lateral unnest(e.location_mg, e.intensity_factor, e.overhead_factor) as u(mg, intensity, overhead)
        where e.org_id = app_org() and e.is_current and e.day >= ${from}::date and e.day < ${to}::date
      ),
      use as (
        select 'intensity' as role, factors -> intensity::int as factor, count(*) as hours, coalesce(sum(mg), 0) as mg
        from cell where intensity is not null group by 2
        union all
        select 'overhead', factors -> overhead::int, count(*), coalesce(sum(mg), 0)
        from cell where overhead is not null group by 2
      )
      select use.role, factor ->> 'id' as id, (factor ->> 'version')::int as version, factor ->> 'name' as name,
        factor ->> 'source' as source, factor ->> 'basis' as basis, use.hours, use.mg as location_mg,
        v.factor_id is not null as is_library, v.value, v.unit, v.year, v.gases, v.licence, v.status, v.note, v.source_url,
        encode(v.sha256, 'hex') as sha256, p.slug as site
      from use
      left join lateral (
        select * from factor_version fv
        where fv.factor_id = use.factor ->> 'id' and fv.version = (use.factor ->> 'version')::int
        order by fv.owner_id = app_org() desc limit 1
      ) v on true
      left join site p on p.org_id = app_org() and factor ->> 'id' like 'site-pue%'
        and p.site_id::text = split_part(factor ->> 'id', ':', 2)
      order by use.role, use.mg desc, id, version, name`,
  })
