import type { FactorEffect } from '@/lib/contracts/factors'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { type FactorKind, isFactorKind } from '@/lib/factors/factor-kinds'
import type { Attributes, GasesKg } from '@/lib/factors/factor-row'
import { SHARED_OWNER } from '@/lib/factors/load-reference'
import { REVISED_FACTORS, VERSION_IN_FORCE } from '@/lib/factors/organization-tables'
import { factorEffect } from './factor-effect'
import { type FactorUsage, factorUsage } from './factor-usage'

export interface FactorVersion {
  version: number
  year: number | null
  valid_from: string | null
  valid_to: string | null
  value: number | null
  unit: string
  basis: string | null
  gases: string | null
  gwp_set: string | null
  u95: number | null
  gases_kg: GasesKg | null
  attributes: Attributes | null
  source: string
  source_url: string | null
  licence: string | null
  status: string
  note: string | null
  sha256: string
  created_at: string
  has_profile: boolean
}

export interface FactorDetail {
  factor_id: string
  kind: FactorKind
  name: string
  subject: string | null
  zone: string | null
  level: string | null
  is_own: boolean
  overrides: string | null
  /** The organisation's own factor that stands before it. */
  overridden_by: string | null
  in_force: number
  /** Newest first. */
  versions: FactorVersion[]
  acceptance: { version: number; note: string | null; accepted_at: string } | null
  usage: FactorUsage
  /** What the newest version would do to the year, where it is not in force. */
  effect: FactorEffect | null
  /** Other years of the same place and kind: the history of the number. */
  series: { factor_id: string; year: number; value: number; status: string }[]
}

interface Asked {
  orgId: string
  id: string
  from: string
  to: string
}

/** Null for a factor that neither the library nor the organisation has. Own ones are looked for first. */
export const factorDetail = (asked: Asked): Promise<FactorDetail | null> =>
  withOrgSql(appPool(), asked.orgId, async (tx) => {
    const head = await headOf(tx, asked)
    if (!head) return null
    const versions = await versionsOf(tx, head.owner_id, asked.id)
    const usage = await factorUsage(tx, asked)
    const { owner_id: _, accepted, ...rest } = head
    const newest = versions[0]
    const used = versions.find(({ version }) => version === head.in_force)
    return {
      ...rest,
      versions,
      acceptance: accepted,
      usage,
      effect: newest && used && newest.version !== used.version ? factorEffect(head.kind, usage, used, newest) : null,
      series: await seriesOf(tx, head),
    }
  })

/** Whether the library or the organisation has it. */
export const factorExists = ({ orgId, id }: Pick<Asked, 'orgId' | 'id'>): Promise<boolean> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const { rows } = await tx.query('select 1 from factor where owner_id in ($1, $2) and factor_id = $3 limit 1', [
      orgId,
      SHARED_OWNER,
      id,
    ])
    return rows.length > 0
  })

type Head = Pick<
  FactorDetail,
  'factor_id' | 'name' | 'subject' | 'zone' | 'level' | 'is_own' | 'overrides' | 'overridden_by' | 'in_force'
> & { kind: FactorKind; owner_id: string; accepted: FactorDetail['acceptance'] }

const headOf = async (tx: Tx, { orgId, id }: Asked): Promise<Head | null> => {
  const { rows } = await tx.query<Head>(
    `/* factors.head */
     select f.owner_id, f.factor_id, f.kind, f.name, f.subject, f.zone, f.level, f.owner_id = $1 as is_own, f.overrides,
       case when f.owner_id = $1 then n.newest else ${VERSION_IN_FORCE} end as in_force,
       (select o.factor_id from factor o where o.owner_id = $1 and o.overrides = f.factor_id and f.owner_id = $2
         and (select w.status from factor_version w where w.owner_id = $1 and w.factor_id = o.factor_id order by w.version desc limit 1)
           <> 'withdrawn') as overridden_by,
       (select jsonb_build_object('version', a.version, 'note', a.note, 'accepted_at', a.accepted_at)
         from factor_acceptance a where a.org_id = $1 and a.factor_id = f.factor_id and f.owner_id = $2) as accepted
     from factor f
     join (select owner_id, factor_id, max(version) as newest from factor_version
       where owner_id in ($1, $2) and factor_id = $3 group by 1, 2) n using (owner_id, factor_id)
     order by f.owner_id = $1 desc limit 1`,
    [orgId, SHARED_OWNER, id],
  )
  const head = rows[0]
  return head && isFactorKind(head.kind) ? head : null
}

const versionsOf = async (tx: Tx, ownerId: string, id: string): Promise<FactorVersion[]> => {
  const { rows } = await tx.query<FactorVersion>(
    `/* factors.versions */
     select version, year, to_char(valid_from, 'YYYY-MM-DD') as valid_from, to_char(valid_to, 'YYYY-MM-DD') as valid_to, value, unit, basis,
       gases, gwp_set, u95, gases_kg, attributes, source, source_url, licence, status, note, encode(sha256, 'hex') as sha256,
       to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created_at, profile is not null as has_profile
     from factor_version where owner_id = $1 and factor_id = $2 order by version desc`,
    [ownerId, id],
  )
  return rows
}

/** Of a rate that is of a place: its years, each the newest version. */
const seriesOf = async (tx: Tx, head: Head): Promise<FactorDetail['series']> => {
  if (head.zone === null || !['grid-direct-year', 'grid-lifecycle-year', 'residual-mix'].includes(head.kind)) return []
  const { rows } = await tx.query<FactorDetail['series'][number]>(
    `/* factors.series */
     select distinct on (v.year, f.factor_id) f.factor_id, v.year, v.value, v.status
     from factor f join factor_version v using (owner_id, factor_id)
     where f.owner_id = $1 and f.kind = $2 and f.zone = $3 and f.level is not distinct from $4 and v.value is not null
       and v.year is not null and v.status <> 'withdrawn'
     order by v.year, f.factor_id, v.version desc`,
    [head.owner_id, head.kind, head.zone, head.level],
  )
  return rows
}

export interface PendingUpdate {
  factor_id: string
  kind: FactorKind
  name: string
  in_force: number
  newest: number
  before: { value: number | null; unit: string; status: string }
  after: { value: number | null; unit: string; status: string }
  lines: number
  effect: FactorEffect | null
}

const MOST_EFFECTS = 40

/** Shared factors of which a newer version waits, those that this year's lines rest on first, with their effect. */
export const pendingUpdates = (asked: Omit<Asked, 'id'>): Promise<PendingUpdate[]> =>
  withOrgSql(appPool(), asked.orgId, async (tx) => {
    const { rows } = await tx.query<Omit<PendingUpdate, 'effect'>>(
      `/* factors.pending */
       with n as materialized (${REVISED_FACTORS}),
       chosen as materialized (select n.*, ${VERSION_IN_FORCE} as version from n),
       used as materialized (
         select used ->> 'id' as id, count(*)::int as lines
         from entry e, jsonb_array_elements(e.factors) as used
         where e.org_id = $1 and e.is_current and e.day >= $3 and e.day < $4
         group by 1
       )
       select f.factor_id, f.kind, f.name, c.version as in_force, c.newest,
         jsonb_build_object('value', b.value, 'unit', b.unit, 'status', b.status) as before,
         jsonb_build_object('value', a.value, 'unit', a.unit, 'status', a.status) as after, coalesce(u.lines, 0) as lines
       from chosen c
       join factor f using (owner_id, factor_id)
       join factor_version b on b.owner_id = c.owner_id and b.factor_id = c.factor_id and b.version = c.version
       join factor_version a on a.owner_id = c.owner_id and a.factor_id = c.factor_id and a.version = c.newest
       left join used u on u.id = f.factor_id
       where c.version < c.newest
       order by coalesce(u.lines, 0) desc, f.kind, f.name, f.factor_id`,
      [asked.orgId, SHARED_OWNER, asked.from, asked.to],
    )
    const told: PendingUpdate[] = []
    for (const row of rows) {
      const asksLedger = row.lines > 0 && told.length < MOST_EFFECTS
      const usage = asksLedger ? await factorUsage(tx, { ...asked, id: row.factor_id }) : null
      told.push({ ...row, effect: usage && factorEffect(row.kind, usage, row.before, row.after) })
    }
    return told
  })
