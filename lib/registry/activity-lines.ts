import type { ActivityFields, ActivityKind, ActivityLine } from '@/lib/contracts/activity-lines'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { exactDecimal } from '@/lib/units/format'

interface ActivityRow {
  activity_id: string
  revision: number
  kind: ActivityKind
  name: string
  site: string | null
  site_name: string | null
  starts_on: string
  ends_on: string
  quantity: number
  unit: string
  scope: 1 | 2 | 3
  category: number | null
  factor_id: string | null
  factor_version: number | null
  factor_name: string | null
  factor_unit: string | null
  factor_status: string | null
  upstream_factor_id: string | null
  upstream_factor_version: number | null
  kg_per_unit: number | null
  mg: string | null
  upstream_mg: string | null
  biogenic_mg: string | null
  gwp_set: 'AR4' | 'AR5' | 'AR6' | null
  gases_mg: Record<string, string> | null
  u95: number | null
  primary_data: boolean
  supplier: string | null
  evidence: string | null
  note: string | null
  voided: boolean
  recorded_by: string
  recorded_at: Date
}

const SELECT = `select c.activity_id, c.revision, c.kind, c.name, s.slug as site, s.name as site_name, c.starts_on, c.ends_on, c.quantity,
    c.unit, c.scope, c.category, c.factor_id, c.factor_version, f.name as factor_name, v.unit as factor_unit, v.status as factor_status,
    c.upstream_factor_id, c.upstream_factor_version, c.kg_per_unit, c.mg::text, c.upstream_mg::text, c.biogenic_mg::text, c.gwp_set,
    c.gases_mg, c.u95, c.primary_data, c.supplier, c.evidence, c.note, c.voided, coalesce(u.name, u.email, c.recorded_by) as recorded_by,
    c.recorded_at
  from activity c
  left join site s on s.org_id = c.org_id and s.site_id = c.site_id
  left join factor f on f.owner_id = c.factor_owner and f.factor_id = c.factor_id
  left join factor_version v on v.owner_id = c.factor_owner and v.factor_id = c.factor_id and v.version = c.factor_version
  left join app_user u on u.user_id::text = c.recorded_by`

const kilograms = (mg: string | null): number | null => (mg === null ? null : Number(exactDecimal(BigInt(mg), 6)))

const viewOf = (row: ActivityRow): ActivityLine => {
  const { mg, upstream_mg, biogenic_mg, gases_mg, recorded_at, ...same } = row
  return {
    ...same,
    stated_kg: row.factor_id === null ? kilograms(mg) : null,
    biogenic_kg: kilograms(biogenic_mg),
    kg: kilograms(mg),
    upstream_kg: kilograms(upstream_mg),
    gases_kg:
      gases_mg === null
        ? null
        : Object.fromEntries(Object.entries(gases_mg).map(([gas, part]) => [gas, kilograms(part) as number])),
    recorded_at: recorded_at.toISOString(),
  }
}

export interface ActivityFilter {
  from?: string | undefined
  to?: string | undefined
  kind?: ActivityKind | undefined
  withVoided?: boolean
}

/** Current lines that touch the half-open window of days, newest period first; voided ones only when asked for. */
export const activityLinesIn = async (tx: Tx, orgId: string, filter: ActivityFilter = {}): Promise<ActivityLine[]> => {
  const { rows } = await tx.query<ActivityRow>(
    `/* activities.lines */ ${SELECT}
     where c.org_id = $1 and c.is_current and (not c.voided or $5)
       and ($2::date is null or c.ends_on > $2) and ($3::date is null or c.starts_on < $3) and ($4::text is null or c.kind = $4)
     order by c.starts_on desc, c.kind, c.name, c.activity_id`,
    [orgId, filter.from ?? null, filter.to ?? null, filter.kind ?? null, filter.withVoided ?? false],
  )
  return rows.map(viewOf)
}

export const activityLines = (orgId: string, filter?: ActivityFilter): Promise<ActivityLine[]> =>
  withOrgSql(appPool(), orgId, (tx) => activityLinesIn(tx, orgId, filter))

/** Every revision of one line, newest first. @throws AppError not_found */
export const revisionsOf = async (tx: Tx, orgId: string, id: string): Promise<ActivityLine[]> => {
  const { rows } = await tx.query<ActivityRow>(
    `/* activities.revisions */ ${SELECT} where c.org_id = $1 and c.activity_id = $2 order by c.revision desc`,
    [orgId, id],
  )
  if (rows.length === 0) throw new AppError('not_found', 'No such activity line.')
  return rows.map(viewOf)
}

export const activityHistory = (orgId: string, id: string): Promise<ActivityLine[]> =>
  withOrgSql(appPool(), orgId, (tx) => revisionsOf(tx, orgId, id))

/** What a person said of the line; scope and category only where they do not follow from the kind. */
export const fieldsOfLine = (line: ActivityLine): ActivityFields => ({
  kind: line.kind,
  name: line.name,
  site: line.site,
  starts_on: line.starts_on,
  ends_on: line.ends_on,
  quantity: line.quantity,
  unit: line.unit,
  factor_id: line.factor_id,
  stated_kg: line.stated_kg,
  biogenic_kg: line.biogenic_kg,
  scope: line.kind === 'other' ? line.scope : null,
  category: line.scope === 3 ? line.category : null,
  u95: line.u95,
  supplier: line.supplier,
  evidence: line.evidence,
  note: line.note,
})
