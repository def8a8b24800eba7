import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, exactInteger } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

/** What a factor was used for; the mass is that of the measure which it made. */
export const FACTOR_ROLES = ['intensity', 'overhead', 'market', 'upstream', 'loss', 'embodied', 'activity'] as const
export type FactorRole = (typeof FACTOR_ROLES)[number]

const factorUseRow = z.object({
  role: z.enum(FACTOR_ROLES),
  id: z.string(),
  version: count,
  name: z.string(),
  source: z.string(),
  basis: z.string().nullable(),
  /** Entry-hours; null for an activity or a purchase. */
  hours: count.nullable(),
  mg: exactInteger,
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

/** A term of an entry names its factor by place: the factor, the hours that the term gave a figure to, and their sum. */
const termUse = (role: string, term: string, cells: string, total: string): Prisma.Sql => Prisma.sql`
  select ${role} as role, e.factors -> (e.terms -> ${term} ->> 'factor')::int as factor,
    sum((select count(*) from unnest(${Prisma.raw(`e.${cells}`)}) x where x is not null)) as hours,
    coalesce(sum(${Prisma.raw(`e.${total}`)}), 0) as mg
  from current e where e.terms -> ${term} ->> 'factor' is not null and ${Prisma.raw(`e.${total}`)} is not null
    and e.terms -> ${term} ->> 'rate' is distinct from 'location'
  group by 2`

/**
 * Every factor that the UTC days [from, to) rest on, by what it was used for, with the hours and the mass it made, and what the
 * register says of it. A factor that is no library row (hourly series, declared by the sender) has only what its entries kept.
 * Activities count that lie in the days, assets that were bought on them. Leans on entry_current (org_id, day).
 */
export const factorsUsed = (tx: OrgTx, { from, to }: { from: string; to: string }): Promise<FactorUse[]> =>
  query(tx, {
    name: 'statement.factors_used',
    row: factorUseRow,
    sql: Prisma.sql`
      with current as (
        select * from entry e
        where e.org_id = app_org() and e.is_current and e.day >= ${from}::date and e.day < ${to}::date
      ),
      cell as (
        select e.factors, u.mg, u.intensity, u.overhead
        from current e
        cross join lateral unnest(e.location_mg, e.intensity_factor, e.overhead_factor) as u(mg, intensity, overhead)
      ),
      use as (
        select 'intensity' as role, factors -> intensity::int as factor, count(*) as hours, coalesce(sum(mg), 0) as mg
        from cell where intensity is not null group by 2
        union all
        select 'overhead', factors -> overhead::int, count(*), coalesce(sum(mg), 0)
        from cell where overhead is not null group by 2
        union all ${termUse('market', 'market', 'market_mg', 'total_market_mg')}
        union all ${termUse('upstream', 'upstream', 'upstream_mg', 'total_upstream_mg')}
        union all ${termUse('loss', 'loss', 'loss_mg', 'total_loss_mg')}
        union all ${termUse('embodied', 'embodied', 'embodied_mg', 'total_embodied_mg')}
        union all
        select 'activity', jsonb_build_object('id', v.factor_id, 'version', v.factor_version, 'name', coalesce(f.name, v.factor_id),
          'source', coalesce(v.supplier, '')), null, coalesce(sum(v.mg), 0)
        from activity v
        left join lateral (select name from factor where factor.factor_id = v.factor_id
          order by factor.owner_id = app_org() desc limit 1) f on true
        where v.org_id = app_org() and v.is_current and not v.voided and v.factor_id is not null
          and v.starts_on < ${to}::date and v.ends_on > ${from}::date
        group by 2
      )
      select use.role, factor ->> 'id' as id, (factor ->> 'version')::int as version, factor ->> 'name' as name,
        coalesce(nullif(factor ->> 'source', ''), v.source, '') as source, factor ->> 'basis' as basis, use.hours, use.mg,
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
