import { hardwareKey } from '@/lib/accounting/embodied-hours'
import type { AssetFacts, Tier } from '@/lib/accounting/facts'
import type { Tx } from '@/lib/db/with-org-sql'
import { dayOf } from '@/lib/units/time'

interface AssetRow {
  asset_id: string
  name: string
  hardware: string
  site_id: string | null
  units: number
  devices_per_unit: number
  in_service_on: string
  retired_on: string | null
  life_years: number
  planned_use: number
  embodied_kg: number | null
  embodied_basis: string | null
  embodied_source: string | null
  version: number
}

/** METHOD §4, in the order in which it believes: product footprint, bottom-up, default of a category; a proxy last. */
const TIERS: Record<string, Tier> = { pcf: 2, 'bottom-up': 3, 'category-default': 4, mass: 5, proxy: 5 }

/**
 * The hardware register as of a day, folded for the core: kilograms of a unit become those of one of its devices. The version that an
 * entry notes is 1 and one more for each edit: the audit log tells what the asset said then.
 */
export const loadAssets = async (tx: Tx, orgId: string, day: string): Promise<AssetFacts[]> => {
  const { rows } = await tx.query<AssetRow>({
    name: 'posting.assets',
    text: `/* posting.assets */
     select asset_id, name, hardware, site_id, units, devices_per_unit, to_char(in_service_on, 'YYYY-MM-DD') as in_service_on,
       to_char(retired_on, 'YYYY-MM-DD') as retired_on, life_years, planned_use, embodied_kg, embodied_basis, embodied_source,
       1 + coalesce(edited.times, 0) as version
     from asset
     left join (
       select object_id, count(*)::int as times from audit_event where org_id = $1 and action = 'asset.edit' group by 1
     ) edited on edited.object_id = asset_id::text
     where org_id = $1 and removed_at is null and in_service_on <= $2 and (retired_on is null or retired_on > $2)
     order by asset_id`,
    values: [orgId, day],
  })
  return rows.map((row) => ({
    assetId: row.asset_id,
    hardware: hardwareKey(row.hardware),
    siteId: row.site_id,
    devices: row.units * row.devices_per_unit,
    from: dayOf(row.in_service_on),
    to: row.retired_on === null ? null : dayOf(row.retired_on),
    kgPerDevice: row.embodied_kg === null ? null : row.embodied_kg / row.devices_per_unit,
    lifeYears: row.life_years,
    plannedUse: row.planned_use,
    tier: TIERS[row.embodied_basis ?? ''] ?? 5,
    factor: {
      id: `asset:${row.asset_id}`,
      version: row.version,
      name: `Embodied, ${row.name}`,
      source: row.embodied_source ?? row.embodied_basis ?? 'asset register',
      basis: null,
    },
  }))
}
