import type { Asset, AssetFields } from '@/lib/contracts/assets'
import { newId } from '@/lib/db/ids'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import { openDaysOfAssets } from './asset-days'
import { assetOf, assetsOf, fieldsOf, insertAsset, updateAsset } from './asset-rows'

/** The hardware register. Embodied figures of workloads rest on it, so each change opens the days of the hardware that it names. */

interface Edited {
  asset_id: string
  reopened_days: number
}

const NO_SUCH_ASSET = () => new AppError('not_found', 'No such asset.')

export const assets = (orgId: string, options: { withRemoved?: boolean } = {}): Promise<Asset[]> =>
  withOrgSql(appPool(), orgId, (tx) => assetsOf(tx, orgId, options))

/** @throws AppError not_found */
export const oneAsset = (orgId: string, assetId: string): Promise<Asset> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const asset = await assetOf(tx, orgId, assetId)
    if (!asset) throw NO_SUCH_ASSET()
    return asset
  })

/** @throws AppError invalid_input (a site that is none) */
export const createAsset = (orgId: string, fields: AssetFields, by: Author): Promise<Edited> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const assetId = newId()
    await insertAsset(tx, orgId, assetId, fields, await siteIdOf(tx, orgId, fields.site))
    await writeAuditEvent(tx, orgId, by, audited('asset.create', assetId, { ...fields }))
    return { asset_id: assetId, reopened_days: await openDaysOfAssets(tx, orgId, [fields]) }
  })

/** @throws AppError not_found, conflict (removed), invalid_input (a site that is none) */
export const editAsset = (orgId: string, assetId: string, fields: AssetFields, by: Author): Promise<Edited> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const before = await assetOf(tx, orgId, assetId, { lock: true })
    if (!before) throw NO_SUCH_ASSET()
    if (before.removed_at !== null) throw new AppError('conflict', 'The asset was removed. Take it back first.')
    const changed = changedFields(fieldsOf(before), fields)
    if (changed.length === 0) return { asset_id: assetId, reopened_days: 0 }
    await updateAsset(tx, orgId, assetId, fields, await siteIdOf(tx, orgId, fields.site))
    await auditAssetEdit(tx, orgId, by, { before, after: fields })
    const bearsOnFigures = changed.some((name) => !SILENT.has(name))
    return {
      asset_id: assetId,
      reopened_days: bearsOnFigures ? await openDaysOfAssets(tx, orgId, [before, fields]) : 0,
    }
  })

/** Leaves the register, and can be taken back. @throws AppError not_found */
export const removeAsset = (orgId: string, assetId: string, by: Author): Promise<Edited> =>
  setRemoved(orgId, assetId, by, true)

/** Undoes a removal. @throws AppError not_found */
export const restoreAsset = (orgId: string, assetId: string, by: Author): Promise<Edited> =>
  setRemoved(orgId, assetId, by, false)

const setRemoved = (orgId: string, assetId: string, by: Author, removed: boolean): Promise<Edited> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const asset = await assetOf(tx, orgId, assetId, { lock: true })
    if (!asset) throw NO_SUCH_ASSET()
    if ((asset.removed_at !== null) === removed) return { asset_id: assetId, reopened_days: 0 }
    await tx.query('update asset set removed_at = case when $3 then now() end where org_id = $1 and asset_id = $2', [
      orgId,
      assetId,
      removed,
    ])
    await writeAuditEvent(
      tx,
      orgId,
      by,
      audited(removed ? 'asset.remove' : 'asset.restore', assetId, { name: asset.name }),
    )
    return { asset_id: assetId, reopened_days: await openDaysOfAssets(tx, orgId, [asset]) }
  })

/** What no figure of a workload rests on. */
const SILENT = new Set<keyof AssetFields>(['name', 'note', 'mass_kg', 'embodied_factor'])

export const changedFields = (before: AssetFields, after: AssetFields): (keyof AssetFields)[] =>
  // Guaranteed by the contract: both have its fields and no others.
  (Object.keys(after) as (keyof AssetFields)[]).filter((name) => before[name] !== after[name])

/** One event for each edit of an asset, whichever way it came: entries number its content by them (lib/posting/load-assets). */
export const auditAssetEdit = (
  tx: Tx,
  orgId: string,
  by: Author,
  { before, after }: { before: Asset; after: AssetFields },
): Promise<void> => {
  const changed = changedFields(fieldsOf(before), after)
  return writeAuditEvent(tx, orgId, by, audited('asset.edit', before.asset_id, changesOf(before, after, changed)))
}

const changesOf = (before: AssetFields, after: AssetFields, names: (keyof AssetFields)[]) => ({
  name: after.name,
  before: Object.fromEntries(names.map((name) => [name, before[name]])),
  after: Object.fromEntries(names.map((name) => [name, after[name]])),
})

const audited = (action: string, assetId: string, detail: Record<string, unknown>) => ({
  action,
  objectKind: 'asset',
  objectId: assetId,
  detail,
})

/** @throws AppError invalid_input */
export const siteIdOf = async (tx: Tx, orgId: string, slug: string | null): Promise<string | null> => {
  if (slug === null) return null
  const { rows } = await tx.query<{ site_id: string }>('select site_id from site where org_id = $1 and slug = $2', [
    orgId,
    slug,
  ])
  if (rows[0]) return rows[0].site_id
  throw new AppError('invalid_input', 'The site is not known.', {
    issues: [{ path: 'site', message: 'must be the address of a site of this organisation' }],
  })
}
