import { z } from 'zod'
import { query } from '@/lib/db/query'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const assetRow = z.object({
  asset_id: z.string(),
  name: z.string(),
  hardware: z.string(),
  kind: z.string(),
  site: z.string().nullable(),
  units: z.number().int(),
  purchased_on: z.string(),
  in_service_on: z.string(),
  retired_on: z.string().nullable(),
  retirement: z.string().nullable(),
  is_second_life: z.boolean(),
  life_years: z.number(),
  planned_use: z.number(),
  embodied_kg: z.number().nullable(),
  embodied_basis: z.enum(['pcf', 'bottom-up', 'category-default', 'mass', 'proxy']).nullable(),
  embodied_source: z.string().nullable(),
  embodied_factor: z.string().nullable(),
  embodied_u95: z.number().nullable(),
  mass_kg: z.number().nullable(),
})
export type StatementAsset = z.infer<typeof assetRow>

/** The register as far as the days before `to` know it: what was bought, serves, or was retired by then. */
export const statementAssets = (tx: OrgTx, { to }: { to: string }): Promise<StatementAsset[]> =>
  query(tx, {
    name: 'statement.assets',
    row: assetRow,
    sql: Prisma.sql`
      select s.asset_id::text as asset_id, s.name, s.hardware, s.kind, p.slug as site, s.units,
        to_char(s.purchased_on, 'YYYY-MM-DD') as purchased_on, to_char(s.in_service_on, 'YYYY-MM-DD') as in_service_on,
        to_char(s.retired_on, 'YYYY-MM-DD') as retired_on, s.retirement, s.is_second_life, s.life_years, s.planned_use,
        s.embodied_kg, s.embodied_basis, s.embodied_source, s.embodied_factor, s.embodied_u95, s.mass_kg
      from asset s
      left join site p on p.org_id = s.org_id and p.site_id = s.site_id
      where s.org_id = app_org() and s.removed_at is null and s.purchased_on < ${to}::date
      order by s.purchased_on, s.asset_id`,
  })
