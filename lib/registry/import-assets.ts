import { type Asset, type AssetFields, assetFieldsSchema } from '@/lib/contracts/assets'
import type { ImportAnswer } from '@/lib/contracts/imports'
import { newId } from '@/lib/db/ids'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import { openDaysOfAssets } from './asset-days'
import { assetsOf, fieldsOf, insertAsset, updateAsset } from './asset-rows'
import { auditAssetEdit } from './assets'
import { type CsvRecord, readCsvRecords } from './csv-records'
import { type ColumnKind, importAnswer, type JudgedRow, judgeRows, refuseIfAnyRefused } from './judge-rows'

/** Columns of the import and of the export alike, in the order in which they are written. */
export const ASSET_COLUMNS: Record<keyof AssetFields, ColumnKind> = {
  name: 'text',
  hardware: 'text',
  kind: 'text',
  site: 'text',
  units: 'number',
  devices_per_unit: 'number',
  purchased_on: 'text',
  in_service_on: 'text',
  retired_on: 'text',
  retirement: 'text',
  is_second_life: 'boolean',
  life_years: 'number',
  planned_use: 'number',
  embodied_kg: 'number',
  embodied_basis: 'text',
  embodied_source: 'text',
  embodied_factor: 'text',
  embodied_u95: 'number',
  mass_kg: 'number',
  tdp_w: 'number',
  idle_w: 'number',
  peak_tflops: 'number',
  note: 'text',
}

/** What an asset is where the file does not say: METHOD §4's four years, wholly planned, one device a unit. */
const BLANK: Record<keyof AssetFields, unknown> = {
  name: null,
  hardware: null,
  kind: null,
  site: null,
  units: null,
  devices_per_unit: 1,
  purchased_on: null,
  in_service_on: null,
  retired_on: null,
  retirement: null,
  is_second_life: false,
  life_years: 4,
  planned_use: 1,
  embodied_kg: null,
  embodied_basis: null,
  embodied_source: null,
  embodied_factor: null,
  embodied_u95: null,
  mass_kg: null,
  tdp_w: null,
  idle_w: null,
  peak_tflops: null,
  note: null,
}

const FILE = {
  required: ['name', 'hardware', 'kind', 'units', 'purchased_on', 'in_service_on'],
  known: ['asset_id', ...Object.keys(ASSET_COLUMNS)],
}

/**
 * A CSV of assets: with `asset_id` a row changes that asset, without it the one of its name, else it is new.
 * @throws AppError malformed_body, invalid_input (the file, or with dryRun false any of its rows)
 */
export const importAssets = async (
  orgId: string,
  by: Author,
  { bytes, dryRun }: { bytes: Uint8Array; dryRun: boolean },
): Promise<ImportAnswer> => {
  const records = readCsvRecords(bytes, FILE)
  return withOrgSql(appPool(), orgId, async (tx) => {
    const sites = await sitesOf(tx, orgId)
    const known = await assetsOf(tx, orgId)
    const rows = judgeRows<AssetFields>(records, {
      columns: ASSET_COLUMNS,
      blank: BLANK,
      schema: assetFieldsSchema.refine(({ site }) => site === null || sites.has(site), {
        path: ['site'],
        message: 'must be the address of a site of this organisation',
      }),
      nameOf: (cells) => cells.name ?? cells.asset_id ?? 'without a name',
      find: (cells) => found(known, cells),
      keyOf: ({ name }) => `name ${name}`,
    })
    if (dryRun) return importAnswer(rows, { dryRun, reopenedDays: null })
    refuseIfAnyRefused(rows)
    return importAnswer(rows, { dryRun, reopenedDays: await store(tx, orgId, { by, rows, known, sites }) })
  })
}

const found = (known: Asset[], { asset_id: id, name }: CsvRecord['cells']) => {
  if (id) {
    const asset = known.find((one) => one.asset_id === id)
    return asset ? { id, fields: fieldsOf(asset) } : { column: 'asset_id', message: 'is no asset of this organisation' }
  }
  const named = known.filter((one) => one.name === name)
  if (named.length > 1) return { column: 'name', message: `${named.length} assets are named so; give their asset_id` }
  return named[0] ? { id: named[0].asset_id, fields: fieldsOf(named[0]) } : null
}

const sitesOf = async (tx: Tx, orgId: string): Promise<Map<string, string>> => {
  const { rows } = await tx.query<{ slug: string; site_id: string }>(
    'select slug, site_id from site where org_id = $1',
    [orgId],
  )
  return new Map(rows.map((row) => [row.slug, row.site_id]))
}

const store = async (
  tx: Tx,
  orgId: string,
  {
    by,
    rows,
    known,
    sites,
  }: { by: Author; rows: JudgedRow<AssetFields>[]; known: Asset[]; sites: Map<string, string> },
): Promise<number> => {
  const touched: AssetFields[] = []
  for (const { id, fields, outcome } of rows) {
    if (fields === null || outcome === 'unchanged') continue
    const siteId = fields.site === null ? null : (sites.get(fields.site) ?? null)
    const before = known.find((asset) => asset.asset_id === id)
    if (before) {
      await updateAsset(tx, orgId, before.asset_id, fields, siteId)
      await auditAssetEdit(tx, orgId, by, { before, after: fields })
      touched.push(before)
    } else await insertAsset(tx, orgId, newId(), fields, siteId)
    touched.push(fields)
  }
  await writeAuditEvent(tx, orgId, by, {
    action: 'asset.import',
    objectKind: 'asset',
    objectId: orgId,
    detail: {
      rows: rows.length,
      stored: rows.filter(({ outcome }) => outcome !== 'unchanged').map(({ name }) => name),
    },
  })
  return openDaysOfAssets(tx, orgId, touched)
}
