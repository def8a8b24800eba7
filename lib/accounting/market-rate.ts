import { emissionsOf } from '@/lib/units/physics'
import { type GramsCO2ePerKilowattHour, gramsPerKilowattHour, value } from '@/lib/units/quantity'
import type { Cells } from './entries'
import type { EntryEnergy } from './entry-energy'
import type { Attribution, FactorReference, Rated, SiteFacts, Tier, ZoneTerms } from './facts'
import { scopeLineOf } from './scope'
import type { DayIntensity } from './select-intensity'

/** The market-based rate of a day before instruments. `location`: the hour's own intensity stands in, flagged. */
export type MarketRate =
  | { rate: 'supplier' | 'residual'; gPerKwh: GramsCO2ePerKilowattHour; tier: Tier; factor: FactorReference }
  | { rate: 'location' }

/**
 * Best first (Scope 2 Guidance, table 6.3, below instruments): the rate of the organisation's supplier at the site, where it buys the
 * electricity itself · the residual mix of the zone's market · none, so the location-based intensity, flagged. A market without a
 * residual mix (AT, NL) is never 0.
 */
export const selectMarketRate = (
  { deployment }: Pick<Attribution, 'deployment'>,
  site: SiteFacts | undefined,
  zone: ZoneTerms | undefined,
): MarketRate => {
  if (site?.supplierRate && scopeLineOf(deployment).scope === 2)
    return { rate: 'supplier', ...ratedMarket(site.supplierRate) }
  if (zone?.residualMix) return { rate: 'residual', ...ratedMarket(zone.residualMix) }
  return { rate: 'location' }
}

const ratedMarket = ({ value: grams, tier, factor }: Rated) => ({ gPerKwh: gramsPerKilowattHour(grams), tier, factor })

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
