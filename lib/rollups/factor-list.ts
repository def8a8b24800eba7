import type { FactorListRow, FactorsAnswer, FactorsQuery } from '@/lib/contracts/factors'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { FACTOR_KINDS, isFactorKind, kindLabel, u95Of } from '@/lib/factors/factor-kinds'
import { SHARED_OWNER } from '@/lib/factors/load-reference'
import { VERSION_IN_FORCE } from '@/lib/factors/organization-tables'

/** The library as one organisation uses it: the version in force of each shared factor, its own ones, and how many lines rest on each. */

export interface FactorQuestion extends Omit<FactorsQuery, 'org'> {
  orgId: string
  /** The year whose lines are counted: [from, to). */
  from: string
  to: string
}

type Row = Omit<FactorListRow, 'kind_label' | 'u95_is_ours'> & { rank: number }

const BASE = `
  with n as materialized (
    select owner_id, factor_id, max(version) as newest from factor_version where owner_id in ($1, $2) group by 1, 2
  ),
  chosen as materialized (
    select n.*, case when n.owner_id = $1 or n.newest = 1 then n.newest else ${VERSION_IN_FORCE} end as version from n
  ),
  used as materialized (
    select used ->> 'id' as id, count(*)::int as lines
    from entry e, jsonb_array_elements(e.factors) as used
    where e.org_id = $1 and e.is_current and e.day >= $3 and e.day < $4
    group by 1
  ),
  listed as (
    select f.factor_id, f.kind, f.name, f.subject, f.zone, f.level, f.country_iso3, c.version, c.newest as newest_version, v.value, v.unit,
      v.basis, v.gwp_set, v.u95, v.year, to_char(v.valid_from, 'YYYY-MM-DD') as valid_from, to_char(v.valid_to, 'YYYY-MM-DD') as valid_to,
      v.source, v.licence, v.status, f.owner_id = $1 as is_own, f.overrides, o.factor_id as overridden_by,
      coalesce(u.lines, 0) as lines, array_position('{${FACTOR_KINDS.join(',')}}'::text[], f.kind) as rank
    from chosen c
    join factor f using (owner_id, factor_id)
    join factor_version v on v.owner_id = c.owner_id and v.factor_id = c.factor_id and v.version = c.version
    left join factor o on o.owner_id = $1 and o.overrides = f.factor_id and f.owner_id = $2
      and (select w.status from factor_version w where w.owner_id = $1 and w.factor_id = o.factor_id order by w.version desc limit 1)
        <> 'withdrawn'
    left join used u on u.id = f.factor_id
  )`

/** Conditions from $5 on; each is written once and switched off by null. */
const WHERE = `
  ($5::text is null or position(lower($5) in lower(concat_ws(' ', factor_id, name, subject, zone, source))) > 0)
  and ($6::text is null or kind = $6)
  and ($7::text is null or upper(zone) = upper($7) or upper(zone) like upper($7) || '-%' or upper(country_iso3) = upper($7)
    or (upper($7) = 'US' and country_iso3 = 'USA'))
  and case $8::text
    when 'verified' then status like 'verified%'
    when 'unverified' then status not like 'verified%' and value is not null
    when 'without-value' then value is null
    when 'own' then is_own
    when 'pending' then newest_version > version
    when 'used' then lines > 0
    else true end`

const conditionsOf = (asked: FactorQuestion): (string | null)[] => [
  asked.q || null,
  asked.kind && isFactorKind(asked.kind) ? asked.kind : null,
  asked.place || null,
  asked.status ?? null,
]

const cursorOf = (row: Row): string =>
  Buffer.from(JSON.stringify([row.rank, row.name, row.factor_id])).toString('base64url')

const readCursor = (cursor: string): [number, string, string] => {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(key) && Number.isInteger(key[0]) && typeof key[1] === 'string' && typeof key[2] === 'string')
      return [key[0], key[1], key[2]]
  } catch {
    // Falls through: a cursor that is not ours is told so.
  }
  throw new AppError('bad_request', 'The cursor is not one of ours.')
}

const rowOf = ({ rank: _, ...row }: Row): FactorListRow => {
  const kind = isFactorKind(row.kind) ? row.kind : 'coefficient'
  const { u95, isOurs } = u95Of({ kind, u95: row.u95, status: row.status })
  return { ...row, kind_label: kindLabel(kind), u95: row.value === null ? null : u95, u95_is_ours: isOurs }
}

/** One page by keyset on (kind in its listed order, name, id). @throws AppError bad_request (a foreign cursor) */
export const factorPage = (asked: FactorQuestion): Promise<FactorsAnswer> =>
  withOrgSql(appPool(), asked.orgId, async (tx) => {
    const base = [asked.orgId, SHARED_OWNER, asked.from, asked.to, ...conditionsOf(asked)]
    const after = asked.cursor ? readCursor(asked.cursor) : [null, null, null]
    const { rows } = await tx.query<Row & { total: number }>(
      `/* factors.page */ ${BASE}
       select *, (select count(*)::int from listed where ${WHERE}) as total
       from listed
       where ${WHERE} and ($9::int is null or (rank, name, factor_id) > ($9, $10, $11))
       order by rank, name, factor_id
       limit $12`,
      [...base, ...after, asked.limit + 1],
    )
    const page = rows.slice(0, asked.limit)
    const last = page.at(-1)
    return {
      factors: page.map(({ total: _, ...row }) => rowOf(row)),
      total: rows[0]?.total ?? 0,
      next_cursor: rows.length > asked.limit && last ? cursorOf(last) : null,
    }
  })

export interface FactorCounts {
  total: number
  own: number
  pending: number
  unverified: number
  without_value: number
  used: number
  kinds: { kind: string; count: number }[]
}

/** What there is, for the head of the page and the filter. */
export const factorCounts = (asked: Pick<FactorQuestion, 'orgId' | 'from' | 'to'>): Promise<FactorCounts> =>
  withOrgSql(appPool(), asked.orgId, (tx) => countsOf(tx, asked))

const countsOf = async (
  tx: Tx,
  { orgId, from, to }: Pick<FactorQuestion, 'orgId' | 'from' | 'to'>,
): Promise<FactorCounts> => {
  const { rows } = await tx.query<Omit<FactorCounts, 'kinds'> & { kinds: FactorCounts['kinds'] | null }>(
    `/* factors.counts */ ${BASE}
     select count(*)::int as total, count(*) filter (where is_own)::int as own,
       count(*) filter (where newest_version > version)::int as pending,
       count(*) filter (where status not like 'verified%' and value is not null)::int as unverified,
       count(*) filter (where value is null)::int as without_value, count(*) filter (where lines > 0)::int as used,
       (select jsonb_agg(jsonb_build_object('kind', kind, 'count', count) order by rank)
        from (select kind, rank, count(*)::int as count from listed group by kind, rank) k) as kinds
     from listed`,
    [orgId, SHARED_OWNER, from, to],
  )
  const counted = rows[0]
  if (!counted) throw new Error('Invariant broken: an aggregate has one row')
  return { ...counted, kinds: counted.kinds ?? [] }
}
