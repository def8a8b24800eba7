import { z } from 'zod'
import type { ActivityMeasure } from '@/lib/contracts/explain'
import { query } from '@/lib/db/query'
import { exactIntegerOrNull, instantText } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { statementActivities } from './statement-activities'

const text = z.string().nullable()
const revisionRow = z.object({
  revision: z.number().int(),
  is_current: z.boolean(),
  kind: z.string(),
  name: z.string(),
  site: text,
  starts_on: z.string(),
  ends_on: z.string(),
  quantity: z.number(),
  unit: z.string(),
  scope: z.number().int(),
  category: z.number().int().nullable(),
  factor_id: text,
  factor_version: z.number().int().nullable(),
  factor_name: text,
  factor_unit: text,
  factor_value: z.number().nullable(),
  factor_status: text,
  factor_source: text,
  factor_licence: text,
  upstream_factor_id: text,
  upstream_factor_version: z.number().int().nullable(),
  upstream_name: text,
  upstream_unit: text,
  upstream_value: z.number().nullable(),
  upstream_source: text,
  kg_per_unit: z.number().nullable(),
  mg: exactIntegerOrNull,
  upstream_mg: exactIntegerOrNull,
  gwp_set: text,
  u95: z.number().nullable(),
  primary_data: z.boolean(),
  supplier: text,
  evidence: text,
  note: text,
  voided: z.boolean(),
  recorded_by: z.string(),
  recorded_at: instantText,
})
export type ActivityRevision = z.output<typeof revisionRow>

/** Every revision of one activity with the factor versions it was multiplied by, newest first; none for another organisation's. */
export const activityRevisions = (tx: OrgTx, id: string): Promise<ActivityRevision[]> =>
  query(tx, {
    name: 'explain.activity',
    row: revisionRow,
    sql: Prisma.sql`
      select c.revision, c.is_current, c.kind, c.name, s.name as site, to_char(c.starts_on, 'YYYY-MM-DD') as starts_on,
        to_char(c.ends_on, 'YYYY-MM-DD') as ends_on, c.quantity, c.unit, c.scope::int as scope, c.category::int as category,
        c.factor_id, c.factor_version, f.name as factor_name, v.unit as factor_unit, v.value as factor_value,
        v.status as factor_status, v.source as factor_source, v.licence as factor_licence,
        c.upstream_factor_id, c.upstream_factor_version, uf.name as upstream_name, uv.unit as upstream_unit,
        uv.value as upstream_value, uv.source as upstream_source,
        c.kg_per_unit, c.mg, c.upstream_mg, c.gwp_set, c.u95, c.primary_data, c.supplier, c.evidence, c.note, c.voided,
        coalesce(u.name, u.email, c.recorded_by) as recorded_by, c.recorded_at
      from activity c
      left join site s on s.org_id = c.org_id and s.site_id = c.site_id
      left join factor f on f.owner_id = c.factor_owner and f.factor_id = c.factor_id
      left join factor_version v on v.owner_id = c.factor_owner and v.factor_id = c.factor_id and v.version = c.factor_version
      left join lateral (
        select * from factor_version o
        where o.factor_id = c.upstream_factor_id and o.version = c.upstream_factor_version
        order by o.owner_id = app_org() desc limit 1
      ) uv on true
      left join factor uf on uf.owner_id = uv.owner_id and uf.factor_id = uv.factor_id
      left join app_user u on u.user_id::text = c.recorded_by
      where c.org_id = app_org() and c.activity_id = ${id}::uuid
      order by c.revision desc`,
  })

export interface ActivityPart {
  exact: bigint | null
  days: number
  daysInside: number
}

/** The part of a current activity that lies in the UTC days [from, to), as the statement takes it; null where none does. */
export const activityPart = async (
  tx: OrgTx,
  asked: { id: string; measure: ActivityMeasure; from: string; to: string },
): Promise<ActivityPart | null> => {
  const found = (await statementActivities(tx, asked)).find((row) => row.activity_id === asked.id)
  if (!found) return null
  return {
    exact: asked.measure === 'upstream' ? found.upstream_mg : found.mg,
    days: found.days,
    daysInside: found.days_inside,
  }
}
