import type { AssetFields } from '@/lib/contracts/assets'
import { contentId } from '@/lib/db/ids'
import type { Tx } from '@/lib/db/with-org-sql'
import { insertAsset } from '@/lib/registry/asset-rows'
import { siteIdOf } from '@/lib/registry/assets'
import { dayName } from '@/lib/units/time'
import type { Calendar } from './calendar'
import { HARDWARE } from './workloads'

/** Comes in: the demo's calendar. Goes out: the register of what Meridian Labs has bought, with names that its workloads send. */

const DEFAULTS = {
  devices_per_unit: 1,
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
} satisfies Partial<AssetFields>

/** Eight H100 on a board with a published footprint, in a host added up from its parts. */
const H100_SERVER = {
  hardware: HARDWARE.h100.name,
  kind: 'server',
  devices_per_unit: 8,
  life_years: 5,
  mass_kg: 130.5,
  tdp_w: 700,
  idle_w: 75,
  peak_tflops: 989.4,
  embodied_kg: 4074,
  embodied_basis: 'bottom-up',
  embodied_u95: 0.4,
  embodied_source: 'NVIDIA HGX H100 product footprint, 1,312 kg a board, and host bottom-up, 2,762 kg (Boavizta)',
} satisfies Partial<AssetFields>

const CPU_NODE = {
  hardware: HARDWARE.cpu.name,
  kind: 'server',
  mass_kg: 21,
  tdp_w: 720,
  idle_w: 190,
  embodied_kg: 1685,
  embodied_basis: 'bottom-up',
  embodied_u95: 0.6,
  embodied_source: 'Bottom-up: 2 CPU, 24 × 32 GB, 2 × 1.92 TB (Boavizta)',
} satisfies Partial<AssetFields>

const assetsOf = ({ at }: Calendar): AssetFields[] => {
  const day = (month: number, date: number) => dayName(at(month, date))
  return [
    {
      ...DEFAULTS,
      ...H100_SERVER,
      name: 'H100 servers, hall A',
      site: 'fra-2',
      units: 96,
      purchased_on: day(-19, 11),
      in_service_on: day(-17, 2),
    },
    {
      ...DEFAULTS,
      ...H100_SERVER,
      name: 'H100 servers, hall B',
      site: 'fra-2',
      units: 80,
      purchased_on: day(-11, 20),
      in_service_on: day(-9, 6),
      retired_on: day(9, 1),
      retirement: 'second_life',
      note: 'Sold when training moved to Luleå; what was left of their embodied carbon went with them',
    },
    {
      ...DEFAULTS,
      ...H100_SERVER,
      name: 'H100 servers, Luleå',
      site: 'lul-1',
      units: 112,
      purchased_on: day(5, 23),
      in_service_on: day(7, 18),
    },
    {
      ...DEFAULTS,
      ...CPU_NODE,
      name: 'Data nodes Frankfurt',
      site: 'fra-2',
      units: 64,
      purchased_on: day(-30, 4),
      in_service_on: day(-29, 1),
    },
    {
      ...DEFAULTS,
      ...CPU_NODE,
      name: 'Data nodes Luleå, refurbished',
      site: 'lul-1',
      units: 64,
      is_second_life: true,
      purchased_on: day(6, 14),
      in_service_on: day(7, 18),
      life_years: 3,
      embodied_kg: 632,
      embodied_source: 'Book value left after 30 of 48 months in their first life, as the seller states it',
    },
    {
      ...DEFAULTS,
      name: 'A100 cluster',
      hardware: HARDWARE.a100.name,
      kind: 'server',
      site: 'fra-2',
      units: 24,
      devices_per_unit: 8,
      purchased_on: day(-49, 6),
      in_service_on: day(-47, 1),
      retired_on: day(4, 10),
      retirement: 'recycled',
      mass_kg: 123,
      tdp_w: 400,
      idle_w: 50,
      peak_tflops: 312,
      embodied_kg: 1200,
      embodied_basis: 'proxy',
      embodied_source: 'Proxy, 150 kg a GPU',
      embodied_u95: 0.6,
      note: 'Idle since the H100 came; recycled',
    },
    {
      ...DEFAULTS,
      name: 'Object store',
      hardware: 'NVMe storage node',
      kind: 'storage',
      site: 'fra-2',
      units: 12,
      purchased_on: day(-18, 2),
      in_service_on: day(-17, 2),
      mass_kg: 34,
      embodied_kg: 8937,
      embodied_u95: 0.6,
      embodied_basis: 'bottom-up',
      embodied_source: 'Bottom-up: 24 × 7.68 TB, 16 × 32 GB, 2 CPU (Boavizta)',
      note: 'Serves every workload; no sender names it',
    },
    {
      ...DEFAULTS,
      name: 'Switches Frankfurt',
      hardware: 'L3 switch',
      kind: 'network',
      site: 'fra-2',
      units: 42,
      purchased_on: day(-18, 2),
      in_service_on: day(-17, 2),
      life_years: 5,
      mass_kg: 9.8,
      embodied_kg: 251,
      embodied_basis: 'category-default',
      embodied_source: 'NTT DATA, L2/L3 switch (SCI case study)',
      embodied_u95: 0.6,
    },
    {
      ...DEFAULTS,
      name: 'InfiniBand fabric Luleå',
      hardware: 'Quantum-2 switch',
      kind: 'network',
      site: 'lul-1',
      units: 36,
      purchased_on: day(5, 23),
      in_service_on: day(7, 18),
      life_years: 5,
      mass_kg: 14.5,
      note: 'The maker publishes no footprint yet',
    },
  ]
}

/** Each asset once, whatever was changed of it since. */
export const writeAssets = async (tx: Tx, orgId: string, calendar: Calendar): Promise<void> => {
  for (const fields of assetsOf(calendar)) {
    const assetId = contentId('demo asset', [orgId, fields.name])
    const { rowCount } = await tx.query('select 1 from asset where org_id = $1 and asset_id = $2', [orgId, assetId])
    if (rowCount === 0) await insertAsset(tx, orgId, assetId, fields, await siteIdOf(tx, orgId, fields.site))
  }
}
