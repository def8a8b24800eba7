import type { CarbonPrice, CarbonPriceFields } from '@/lib/contracts/settings'
import { newId } from '@/lib/db/ids'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError, invariant } from '@/lib/errors'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'

interface PriceRow extends Omit<CarbonPrice, 'created_at' | 'removed_at'> {
  created_at: Date
  removed_at: Date | null
}

const COLUMNS = 'name, kind, currency, price_per_t, valid_from, valid_to, scopes, method'
const RETURNED = `price_id, ${COLUMNS}, created_at, removed_at`

const valuesOf = (price: CarbonPriceFields): unknown[] => [
  price.name,
  price.kind,
  price.currency,
  price.price_per_t,
  price.valid_from,
  price.valid_to,
  [...price.scopes].sort(),
  price.method,
]

const viewOf = (row: PriceRow | undefined): CarbonPrice => {
  if (!row) throw new AppError('not_found', 'No such carbon price.')
  return { ...row, created_at: row.created_at.toISOString(), removed_at: row.removed_at?.toISOString() ?? null }
}

/** Internal carbon prices, the latest first; removed ones left out. */
export const carbonPricesIn = async (tx: Tx, orgId: string): Promise<CarbonPrice[]> => {
  const { rows } = await tx.query<PriceRow>(
    `/* carbon_prices.all */ select ${RETURNED} from carbon_price where org_id = $1 and removed_at is null
     order by valid_from desc, name, price_id`,
    [orgId],
  )
  return rows.map(viewOf)
}

export const carbonPrices = (orgId: string): Promise<CarbonPrice[]> =>
  withOrgSql(appPool(), orgId, (tx) => carbonPricesIn(tx, orgId))

const audit = (tx: Tx, orgId: string, by: Author, action: string, id: string, detail: object): Promise<void> =>
  writeAuditEvent(tx, orgId, by, { action, objectKind: 'carbon_price', objectId: id, detail: { ...detail } })

export const insertCarbonPrice = async (
  tx: Tx,
  orgId: string,
  price: CarbonPriceFields,
  by: Author,
): Promise<CarbonPrice> => {
  const id = newId()
  const { rows } = await tx.query<PriceRow>(
    `insert into carbon_price (org_id, price_id, ${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning ${RETURNED}`,
    [orgId, id, ...valuesOf(price)],
  )
  await audit(tx, orgId, by, 'carbon_price.create', id, price)
  invariant(rows[0], 'an inserted price is returned')
  return viewOf(rows[0])
}

export const addCarbonPrice = (orgId: string, price: CarbonPriceFields, by: Author): Promise<CarbonPrice> =>
  withOrgSql(appPool(), orgId, (tx) => insertCarbonPrice(tx, orgId, price, by))

/** @throws AppError not_found, also for a price that was removed */
export const editCarbonPrice = (
  orgId: string,
  id: string,
  price: CarbonPriceFields,
  by: Author,
): Promise<CarbonPrice> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const { rows } = await tx.query<PriceRow>(
      `update carbon_price set (${COLUMNS}) = ($3, $4, $5, $6, $7, $8, $9, $10)
       where org_id = $1 and price_id = $2 and removed_at is null returning ${RETURNED}`,
      [orgId, id, ...valuesOf(price)],
    )
    const view = viewOf(rows[0])
    await audit(tx, orgId, by, 'carbon_price.edit', id, price)
    return view
  })

/** @throws AppError not_found */
export const setCarbonPriceRemoved = (orgId: string, id: string, removed: boolean, by: Author): Promise<CarbonPrice> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const { rows } = await tx.query<PriceRow>(
      `update carbon_price set removed_at = case when $3 then coalesce(removed_at, now()) end
       where org_id = $1 and price_id = $2 returning ${RETURNED}`,
      [orgId, id, removed],
    )
    const view = viewOf(rows[0])
    await audit(tx, orgId, by, removed ? 'carbon_price.remove' : 'carbon_price.restore', id, {})
    return view
  })
