import { z } from 'zod'
import type { ExplainedMeasure } from '@/lib/contracts/explain'
import { query } from '@/lib/db/query'
import { count } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { type ExplainScope, explainedEntries } from './explain-figure'

/** What a factor does in a multiplication; the terms are those of EntryTerms. */
export const FACTOR_ROLES = [
  'intensity',
  'overhead',
  'market',
  'loss',
  'upstream',
  'water',
  'sourceWater',
  'embodied',
] as const
export type FactorRole = (typeof FACTOR_ROLES)[number]

const ROLES: Record<ExplainedMeasure, FactorRole[]> = {
  location: ['intensity', 'overhead'],
  market: ['market', 'intensity', 'overhead'],
  energy: [],
  facility: ['overhead'],
  loss: ['loss', 'intensity', 'overhead'],
  upstream: ['upstream', 'overhead'],
  embodied: ['embodied'],
  water: ['water'],
  'source-water': ['sourceWater', 'overhead'],
  before: ['upstream', 'loss', 'overhead'],
  'total-water': ['water', 'sourceWater', 'overhead'],
  'total-location': ['intensity', 'overhead', 'loss', 'upstream', 'embodied'],
  'total-market': ['market', 'intensity', 'overhead', 'loss', 'upstream', 'embodied'],
}

/** What the register says of a version; all null for what is no library row, as an hour of a file or a sender's declaration. */
const registered = {
  is_library: z.boolean(),
  value: z.number().nullable(),
  unit: z.string().nullable(),
  licence: z.string().nullable(),
  status: z.string().nullable(),
  source_url: z.string().nullable(),
  sha256: z.string().nullable(),
}

const factorRow = z.object({
  role: z.enum(FACTOR_ROLES),
  id: z.string(),
  version: count,
  name: z.string(),
  source: z.string(),
  basis: z.string().nullable(),
  hours: count,
  least: z.number().nullable(),
  most: z.number().nullable(),
  ...registered,
})
export type ExplainedFactor = z.output<typeof factorRow>

/** A register answers with hundreds of hourly revisions only when hundreds were imported; the largest are named. */
const MOST_FACTORS = 60

/** Factor versions that the measure rests on in the filter, with the entry-hours of each; most used first within a role. */
export const explainedFactors = async (
  tx: OrgTx,
  filter: ExplainScope,
  measure: ExplainedMeasure,
): Promise<ExplainedFactor[]> => {
  const roles = ROLES[measure]
  if (roles.length === 0) return []
  return query(tx, {
    name: 'explain.factors',
    row: factorRow,
    sql: Prisma.sql`
      with chosen as materialized (
        select e.factors, e.terms, e.facility_uwh, e.g_per_kwh, e.pue, e.intensity_factor, e.overhead_factor
        ${explainedEntries(filter)}
      ),
      use as (
        select k.role, c.factors -> k.place::int as factor, sum(k.hours) as hours, min(k.least) as least, max(k.most) as most
        from chosen c
        cross join lateral (
          select v.role, v.place, count(*) as hours, min(v.applied) as least, max(v.applied) as most
          from unnest(c.facility_uwh, c.g_per_kwh, c.pue, c.intensity_factor, c.overhead_factor)
            as u(facility, g, pue, intensity_factor, overhead_factor)
          cross join lateral (
            values ('intensity', u.intensity_factor, u.g), ('overhead', u.overhead_factor, u.pue)
          ) v(role, place, applied)
          where v.place is not null and u.facility is not null
          group by 1, 2
        ) k
        group by 1, 2
        union all
        select t.key, c.factors -> (t.value ->> 'factor')::int,
          sum((select count(*) from unnest(c.facility_uwh) as x where x is not null)),
          min(coalesce(t.value ->> 'gPerKwh', t.value ->> 'lPerKwh', t.value ->> 'kgPerDevice', t.value ->> 'fraction')::float8),
          max(coalesce(t.value ->> 'gPerKwh', t.value ->> 'lPerKwh', t.value ->> 'kgPerDevice', t.value ->> 'fraction')::float8)
        from chosen c
        cross join lateral jsonb_each(c.terms) t
        where jsonb_typeof(t.value) = 'object' and t.value ? 'factor'
        group by 1, 2
      )
      select use.role, factor ->> 'id' as id, (factor ->> 'version')::int as version, factor ->> 'name' as name,
        factor ->> 'source' as source, factor ->> 'basis' as basis, use.hours, use.least, use.most,
        v.factor_id is not null as is_library, v.value, v.unit, v.licence, v.status, v.source_url, encode(v.sha256, 'hex') as sha256
      from use
      left join lateral (
        select * from factor_version fv
        where fv.factor_id = factor ->> 'id' and fv.version = (factor ->> 'version')::int
        order by fv.owner_id = app_org() desc limit 1
      ) v on true
      where factor is not null and use.role = any(${roles})
      order by array_position(${roles}, use.role), use.hours desc, id, version, name
      limit ${MOST_FACTORS}`,
  })
}

const versionRow = z.object({
  id: z.string(),
  version: z.number().int(),
  kind: z.string(),
  name: z.string(),
  subject: z.string().nullable(),
  zone: z.string().nullable(),
  is_own: z.boolean(),
  value: z.number().nullable(),
  unit: z.string(),
  year: z.number().int().nullable(),
  basis: z.string().nullable(),
  gases: z.string().nullable(),
  gwp_set: z.string().nullable(),
  u95: z.number().nullable(),
  source: z.string(),
  source_url: z.string().nullable(),
  licence: z.string().nullable(),
  status: z.string(),
  note: z.string().nullable(),
  sha256: z.string(),
  created_at: z.date().transform((at) => at.toISOString()),
})
export type FactorVersion = z.output<typeof versionRow>

/** Every version of a factor that the organisation may see, newest first; its own row stands before a shared one of the same id. */
export const factorVersions = (tx: OrgTx, id: string): Promise<FactorVersion[]> =>
  query(tx, {
    name: 'explain.factor_versions',
    row: versionRow,
    sql: Prisma.sql`
      select distinct on (v.version) v.factor_id as id, v.version, f.kind, f.name, f.subject, f.zone, v.owner_id = app_org() as is_own,
        v.value, v.unit, v.year, v.basis, v.gases, v.gwp_set, v.u95, v.source, v.source_url, v.licence, v.status, v.note,
        encode(v.sha256, 'hex') as sha256, v.created_at
      from factor_version v
      join factor f on f.owner_id = v.owner_id and f.factor_id = v.factor_id
      where v.factor_id = ${id}
      order by v.version desc, v.owner_id = app_org() desc`,
  })
