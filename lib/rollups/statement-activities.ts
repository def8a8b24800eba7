import { z } from 'zod'
import { query } from '@/lib/db/query'
import { exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const activityRow = z.object({
  activity_id: z.string(),
  revision: z.number().int(),
  kind: z.enum(['fuel', 'refrigerant', 'purchase', 'waste', 'water', 'cloud_statement', 'sold_product', 'other']),
  name: z.string(),
  site: z.string().nullable(),
  starts_on: z.string(),
  ends_on: z.string(),
  quantity: z.number(),
  unit: z.string(),
  scope: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  category: z.number().int().nullable(),
  factor_id: z.string().nullable(),
  factor_version: z.number().int().nullable(),
  kg_per_unit: z.number().nullable(),
  gwp_set: z.string().nullable(),
  gases_mg: z.record(z.string(), z.coerce.string()).nullable(),
  u95: z.number().nullable(),
  primary_data: z.boolean(),
  supplier: z.string().nullable(),
  recorded_at: z.string(),
  /** The part of the activity that lies in the window, by days. */
  mg: exactIntegerOrNull,
  upstream_mg: exactIntegerOrNull,
  biogenic_mg: exactIntegerOrNull,
  /** Days inside the window, and of the whole activity. */
  days_inside: z.number().int(),
  days: z.number().int(),
})
export type StatementActivity = z.infer<typeof activityRow>

const isWindowed = ({ from, to }: { from: string; to: string }) => Prisma.sql`
  v.org_id = app_org() and v.is_current and not v.voided and v.starts_on < ${to}::date and v.ends_on > ${from}::date`

/** An amount of the activity `v` that lies in the window: what has accrued at its end less what had at its start, so that windows add up. */
const inside = (amount: Prisma.Sql) => Prisma.sql`
  div(${amount} * w.until, w.days) - div(${amount} * w.since, w.days)`

/** Current activities that touch the UTC days [from, to), each with its part of them. Not electricity: fuels, purchases, waste. */
export const statementActivities = (tx: OrgTx, window: { from: string; to: string }): Promise<StatementActivity[]> =>
  query(tx, {
    name: 'statement.activities',
    row: activityRow,
    sql: Prisma.sql`
      select v.activity_id::text as activity_id, v.revision, v.kind, v.name, p.slug as site,
        to_char(v.starts_on, 'YYYY-MM-DD') as starts_on, to_char(v.ends_on, 'YYYY-MM-DD') as ends_on, v.quantity, v.unit,
        v.scope::int as scope, v.category::int as category, v.factor_id, v.factor_version, v.kg_per_unit, v.gwp_set, v.gases_mg,
        v.u95, v.primary_data, v.supplier, to_char(v.recorded_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as recorded_at,
        ${inside(Prisma.sql`v.mg`)} as mg, ${inside(Prisma.sql`v.upstream_mg`)} as upstream_mg,
        ${inside(Prisma.sql`v.biogenic_mg`)} as biogenic_mg, w.until - w.since as days_inside, w.days
      from activity v
      left join site p on p.org_id = v.org_id and p.site_id = v.site_id
      cross join lateral (
        select v.ends_on - v.starts_on as days, least(v.ends_on, ${window.to}::date) - v.starts_on as until,
          greatest(v.starts_on, ${window.from}::date) - v.starts_on as since
      ) w
      where ${isWindowed(window)}
      order by v.scope, v.category nulls first, v.starts_on, v.activity_id`,
  })
