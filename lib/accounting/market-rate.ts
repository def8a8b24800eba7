import { emissionsOf } from '@/lib/units/physics'
import { type GramsCO2ePerKilowattHour, gramsPerKilowattHour, value } from '@/lib/units/quantity'
import type { Cells } from './entries'
import type { EntryEnergy } from './entry-energy'
import type { FactorReference, ResidualMix, SiteFacts, Tier, ZoneTerms } from './facts'
import type { DayIntensity } from './select-intensity'

/** The market-based rate of a day before instruments. `location`: the hour's own intensity stands in, flagged. */
export type MarketRate =
  | { rate: 'supplier' | 'residual'; gPerKwh: GramsCO2ePerKilowattHour; tier: Tier; factor: FactorReference }
  | { rate: 'location' }

/** A residual mix further from the year than this tells another market. */
const NEAR_YEARS = 2

/**
 * Best first (Scope 2 Guidance, table 6.3, below instruments): the supplier's rate in force at the site · the residual mix of the zone's
 * market in the nearest year, tier 4 within two years of it, 5 beyond or where its own source calls it outdated · none, so the
 * location-based intensity, flagged. A market without a residual mix has no row here: AT and NL are never 0.
 */
export const selectMarketRate = (
  site: SiteFacts | undefined,
  zone: ZoneTerms | undefined,
  year: number,
): MarketRate => {
  const supplier = site?.supplierRate
  if (supplier)
    return {
      rate: 'supplier',
      gPerKwh: gramsPerKilowattHour(supplier.value),
      tier: supplier.tier,
      factor: supplier.factor,
    }
  const mix = nearestMix(zone?.residualMixes ?? [], year)
  if (mix === null) return { rate: 'location' }
  const current = !mix.outdated && Math.abs(mix.year - year) <= NEAR_YEARS
  return { rate: 'residual', gPerKwh: gramsPerKilowattHour(mix.gPerKwh), tier: current ? 4 : 5, factor: mix.factor }
}

/** A recalled or outdated row only where no other exists; then the nearest year, the earlier on a tie; then by id. */
const nearestMix = (mixes: ResidualMix[], year: number): ResidualMix | null => {
  const weakness = (mix: ResidualMix) => (mix.status === 'recalled' ? 2 : 0) + (mix.outdated ? 1 : 0)
  const [chosen] = [...mixes].sort(
    (a, b) =>
      weakness(a) - weakness(b) ||
      Math.abs(a.year - year) - Math.abs(b.year - year) ||
      a.year - b.year ||
      (a.factor.id < b.factor.id ? -1 : a.factor.id > b.factor.id ? 1 : b.factor.version - a.factor.version),
  )
  return chosen ?? null
}

/**
 * EM_market = E_facility × rate, mg per hour. 1 kWh at a residual mix of 701.47 g/kWh → 701,470 mg. With `location` it is the hour's
 * location-based figure, life-cycle averages included: such an hour is screening by both methods and stays out of Scope 2.
 */
export const marketCells = (energy: Cells<EntryEnergy>, intensity: DayIntensity, market: MarketRate): Cells<number> =>
  energy.map((cell, hour) => {
    if (cell === null) return null
    const grams = market.rate === 'location' ? intensity.cells[hour]?.gPerKwh : market.gPerKwh
    return grams === undefined ? null : value(emissionsOf(cell.facility, grams))
  })
