import type { Asset, AssetFields } from '@/lib/contracts/assets'
import type { Tx } from '@/lib/db/with-org-sql'

/** The register's rows as people edit them: a site by its address, days as days. */

interface AssetRow extends Omit<AssetFields, 'site'> {
  asset_id: string
  site: string | null
  removed_at: Date | null
}

const DAYS = ['purchased_on', 'in_service_on', 'retired_on'] as const
const PLAIN = [
  ...['name', 'hardware', 'kind', 'units', 'devices_per_unit', 'retirement', 'is_second_life', 'life_years'],
  ...['planned_use', 'embodied_kg', 'embodied_basis', 'embodied_source', 'embodied_factor', 'embodied_u95', 'mass_kg'],
  ...['tdp_w', 'idle_w', 'peak_tflops', 'note'],
]

const SELECT = `select a.asset_id, s.slug as site, a.removed_at, ${PLAIN.map((name) => `a.${name}`).join(', ')},
  ${DAYS.map((name) => `to_char(a.${name}, 'YYYY-MM-DD') as ${name}`).join(', ')}
  from asset a left join site s on s.org_id = a.org_id and s.site_id = a.site_id`

const asAsset = (row: AssetRow): Asset => ({ ...row, removed_at: row.removed_at?.toISOString() ?? null })

export const assetsOf = async (tx: Tx, orgId: string, { withRemoved = false } = {}): Promise<Asset[]> => {
  const { rows } = await tx.query<AssetRow>(
    `${SELECT} where a.org_id = $1 ${withRemoved ? '' : 'and a.removed_at is null'} order by a.purchased_on, a.name, a.asset_id`,
    [orgId],
  )
  return rows.map(asAsset)
}

/** With `lock` nobody else changes it until the transaction ends. Null for another organisation's and no such asset alike. */
export const assetOf = async (tx: Tx, orgId: string, assetId: string, { lock = false } = {}): Promise<Asset | null> => {
  const { rows } = await tx.query<AssetRow>(
    `${SELECT} where a.org_id = $1 and a.asset_id = $2 ${lock ? 'for update of a' : ''}`,
    [orgId, assetId],
  )
  return rows[0] ? asAsset(rows[0]) : null
}

export const fieldsOf = ({ asset_id: _, removed_at: __, ...fields }: Asset): AssetFields => fields

const WRITTEN = [...PLAIN, ...DAYS, 'site_id']

const valuesOf = (fields: AssetFields, siteId: string | null): unknown[] =>
  // Guaranteed by the two lists: each name is a column of the contract.
  [...PLAIN, ...DAYS].map((name) => fields[name as keyof AssetFields] as unknown).concat([siteId])

export const insertAsset = async (
  tx: Tx,
  orgId: string,
  assetId: string,
  fields: AssetFields,
  siteId: string | null,
): Promise<void> => {
  await tx.query(
    `insert into asset (org_id, asset_id, ${WRITTEN.join(', ')})
     values ($1, $2, ${WRITTEN.map((_, at) => `$${at + 3}`).join(', ')})`,
    [orgId, assetId, ...valuesOf(fields, siteId)],
  )
}

export const updateAsset = async (
  tx: Tx,
  orgId: string,
  assetId: string,
  fields: AssetFields,
  siteId: string | null,
): Promise<void> => {
  await tx.query(
    `update asset set ${WRITTEN.map((name, at) => `${name} = $${at + 3}`).join(', ')} where org_id = $1 and asset_id = $2`,
    [orgId, assetId, ...valuesOf(fields, siteId)],
  )
}
