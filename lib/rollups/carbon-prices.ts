import { z } from 'zod'
import { query } from '@/lib/db/query'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const priceRow = z.object({
  price_id: z.string(),
  name: z.string(),
  kind: z.enum(['shadow', 'fee', 'implicit']),
  currency: z.string(),
  price_per_t: z.number(),
  valid_from: z.string(),
  valid_to: z.string().nullable(),
  scopes: z.array(z.number().int()),
  method: z.enum(['location', 'market']),
})
export type CarbonPrice = z.infer<typeof priceRow>

/** Internal carbon prices that hold on any of the UTC days [from, to). */
export const carbonPrices = (tx: OrgTx, { from, to }: { from: string; to: string }): Promise<CarbonPrice[]> =>
  query(tx, {
    name: 'statement.carbon_prices',
    row: priceRow,
    sql: Prisma.sql`
      select price_id::text as price_id, name, kind, currency, price_per_t, to_char(valid_from, 'YYYY-MM-DD') as valid_from,
        to_char(valid_to, 'YYYY-MM-DD') as valid_to, to_json(scopes) as scopes, method
      from carbon_price
      where org_id = app_org() and removed_at is null and valid_from < ${to}::date and (valid_to is null or valid_to > ${from}::date)
      order by valid_from, name, price_id`,
  })
