import { embodiedOf } from '@/lib/units/physics'
import { kilogramsCO2e, share, value } from '@/lib/units/quantity'
import { HOUR } from '@/lib/units/time'
import type { Cells } from './entries'
import type { AssetFacts, Attribution, FactorReference, Tier } from './facts'

/** Hardware that a workload holds, and what making it weighed. */
export interface HeldHardware {
  kgPerDevice: number
  lifeHours: number
  plannedUse: number
  devices: number
  tier: Tier
  factor: FactorReference
}

const HOURS_A_YEAR = 8760

/** How a name of hardware is compared: `H100 SXM5 80GB` and `h100-sxm5-80gb` are one. */
export const hardwareKey = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')

/**
 * The register before the library: an asset of that name in service on the day, at the workload's site or at none; without a site, any.
 * Of several the one with most devices. A machine that the organisation rents from a cloud is not in its register. An asset whose
 * embodied value is unknown keeps its life and takes the library's kilograms. Past its life an asset has nothing left to give: 0 kg.
 */
export const selectHardware = (attribution: Attribution, assets: AssetFacts[], day: number): HeldHardware | null => {
  if (attribution.workloadId === null) return null
  const library = attribution.fallbackEmbodied
  const devices = attribution.hardwareCount ?? 1
  const asset = isRented(attribution) ? null : assetOf(attribution, assets, day)
  const lifeYears = asset?.lifeYears ?? library?.lifeYears
  if (lifeYears === undefined) return null
  const lifeHours = lifeYears * HOURS_A_YEAR
  const spread = { lifeHours, plannedUse: asset?.plannedUse ?? 1, devices }
  const known = (kgPerDevice: number, { tier, factor }: { tier: Tier; factor: FactorReference }): HeldHardware => ({
    ...{ kgPerDevice, ...spread, tier, factor },
  })
  if (asset && day >= asset.from + lifeHours * HOUR) return known(0, asset)
  if (asset && asset.kgPerDevice !== null) return known(asset.kgPerDevice, asset)
  return library && known(library.kgPerDevice, library)
}

const isRented = ({ deployment }: Attribution): boolean =>
  deployment === 'cloud' || deployment === 'api' || deployment === 'customer'

const assetOf = ({ hardware, siteId }: Attribution, assets: AssetFacts[], day: number): AssetFacts | null => {
  if (hardware === null) return null
  const serving = assets.filter(
    (asset) => asset.hardware === hardware && asset.from <= day && (asset.to === null || day < asset.to),
  )
  const there = serving.filter((asset) => asset.siteId === siteId)
  const candidates =
    siteId === null ? serving : there.length > 0 ? there : serving.filter((asset) => asset.siteId === null)
  const [chosen] = [...candidates].sort(
    (a, b) => b.devices - a.devices || b.from - a.from || (a.assetId < b.assetId ? -1 : 1),
  )
  return chosen ?? null
}

/**
 * M = TE × TiR ÷ (EL × U) × devices, mg per hour (METHOD §4, ISO/IEC 21031), TiR the milliseconds for which the workload held its meters.
 * 164 kg over 35,040 h, 1 device, the whole hour → 4,680 mg. It follows time and not energy: an hour without a figure for its energy
 * has one; an hour in which nothing is known to have been held has none.
 */
export const embodiedCells = (reservedMs: number[], held: HeldHardware | null): Cells<number> =>
  reservedMs.map((ms) => {
    if (held === null || ms === 0) return null
    const { devices, lifeHours } = held
    return value(
      embodiedOf(kilogramsCO2e(held.kgPerDevice), { ms, devices, lifeHours, planned: share(held.plannedUse) }),
    )
  })
