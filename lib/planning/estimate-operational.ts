import { facilityEnergyWith } from '@/lib/accounting/ratios/pue'
import { locationBasedOf } from '@/lib/accounting/scope-2/location-based'
import { marketBasedOf, type OfferedEnergy } from '@/lib/accounting/scope-2/market-based'
import type { TierWidths } from '@/lib/accounting/uncertainty/tier-widths'
import type { EstimatePart } from '@/lib/contracts/estimate'
import { energyFrom } from '@/lib/units/measure'
import { intensityOf, waterUsed, withoutOverhead } from '@/lib/units/products'
import {
  add,
  type GramsCO2e,
  type GramsCO2ePerKilowattHour,
  gramsPerKilowattHour,
  type KilowattHours,
  type Litres,
  litresPerKilowattHour,
  pue,
  scale,
  value,
} from '@/lib/units/quantity'
import { type Assumed, assumed, assumedFrom } from './assumption'
import type { PartEnergy } from './estimate-energy'
import type { HourFacts, PlaceFacts } from './estimate-facts'
import { asksForEnergy } from './estimate-parts'

export interface PartOperation {
  it: KilowattHours | null
  facility: KilowattHours | null
  location: GramsCO2e | null
  market: GramsCO2e | null
  water: Litres | null
  intensity: GramsCO2ePerKilowattHour | null
  /** Half-widths as shares. */
  overheadU95: number
  intensityU95: number
  assumptions: Assumed[]
}

const LEFT_OUT: PartOperation = {
  it: null,
  facility: null,
  location: null,
  market: null,
  water: null,
  intensity: null,
  overheadU95: 0,
  intensityU95: 0,
  assumptions: [assumed('energy_kwh', null, 'no energy, power or hardware given: operational emissions are left out')],
}

/**
 * An account that names neither a place nor a PUE is taken as it is stated: published ones multiply energy by an intensity, and an
 * overhead that nobody spoke of would not be theirs. Told, with what the industry's average would add.
 */
const NO_OVERHEAD = 1

/** Energy at both boundaries, PUE applied once: to IT energy, and never to the facility's. */
export const energyAtBoundaries = (
  part: EstimatePart,
  { energy, boundary }: PartEnergy,
  place: PlaceFacts,
  widths: TierWidths,
): Pick<PartOperation, 'it' | 'facility' | 'overheadU95' | 'assumptions'> => {
  if (!asksForEnergy(part)) return LEFT_OUT
  const assumptions: Assumed[] = []
  if (boundary === 'facility') {
    // The PUE that the publisher applied tells the IT energy; without one that is unknown.
    const it = energy === null || part.pue === undefined ? null : withoutOverhead(energy, pue(part.pue))
    if (part.pue !== undefined)
      assumptions.push(
        assumed('pue', part.pue, 'of the facility’s own energy: it tells the IT energy and is not applied again'),
      )
    return { it, facility: energy, overheadU95: 0, assumptions }
  }
  const isPlaced = part.cloud_region !== undefined || part.grid_zone !== undefined
  const overhead = part.pue ?? (isPlaced ? place.pue.value : NO_OVERHEAD)
  const overheadU95 = part.pue === undefined ? (place.pue.u95 ?? widths.overhead[place.pue.tier]) : widths.overhead[2]
  if (part.energy_kwh !== undefined && part.energy_boundary === undefined)
    assumptions.push(
      assumed('energy_boundary', 'it', 'taken as energy of the equipment: PUE is applied to it, once', {
        bearing: 'operational',
        relative: 1 / overhead - 1,
      }),
    )
  if (part.pue === undefined)
    assumptions.push(
      isPlaced
        ? assumedFrom('pue', place.pue, overheadU95, 'operational')
        : assumed(
            'pue',
            NO_OVERHEAD,
            `no place is named: no overhead is added to what is given. The effect is that of ${place.pue.value}: ${place.pue.source}`,
            {
              tier: place.pue.tier,
              bearing: 'operational',
              relative: place.pue.value - NO_OVERHEAD,
            },
          ),
    )
  const facility = energy === null ? null : facilityEnergyWith(energy, boundary, pue(overhead))
  return { it: energy, facility, overheadU95, assumptions }
}

/**
 * What a part emits and drinks in operation, location- and market-based. `pooled`: its part of instruments held for
 * several.
 */
export const operationOf = (
  part: EstimatePart,
  energies: Pick<PartOperation, 'it' | 'facility' | 'overheadU95' | 'assumptions'>,
  facts: { place: PlaceFacts; hours: HourFacts[] | null },
  widths: TierWidths,
  pooled: readonly OfferedEnergy[] | null,
): PartOperation => {
  if (!asksForEnergy(part)) return LEFT_OUT
  const assumptions = [...energies.assumptions]
  const { facility } = energies
  const grid = gridOf(part, facility, facts, widths, assumptions)
  return {
    ...energies,
    location: grid.location,
    market: marketOf(part, facility, grid, facts.place, widths, pooled, assumptions),
    water: waterOfPart(part, energies, facts.place, widths, assumptions),
    intensity: grid.intensity,
    intensityU95: grid.u95,
    assumptions,
  }
}

interface Grid {
  location: GramsCO2e | null
  intensity: GramsCO2ePerKilowattHour | null
  u95: number
}

const UNKNOWN_GRID: Grid = { location: null, intensity: null, u95: 0 }

const gridOf = (
  part: EstimatePart,
  facility: KilowattHours | null,
  { place, hours }: { place: PlaceFacts; hours: HourFacts[] | null },
  widths: TierWidths,
  assumptions: Assumed[],
): Grid => {
  if (place.zone !== null && place.zoneSource !== null && part.grid_g_per_kwh === undefined)
    assumptions.push(assumed('grid_zone', place.zone, place.zoneSource))
  if (part.grid_g_per_kwh !== undefined) return flat(facility, part.grid_g_per_kwh, widths.intensity[4])
  if (hours !== null) return hourly(facility, hours, widths, assumptions)
  if (place.intensity === null) {
    const why = place.zone === null ? 'no place and no intensity given' : `no intensity of ${place.zone} is known`
    assumptions.push(assumed('grid_g_per_kwh', null, why))
    return UNKNOWN_GRID
  }
  const u95 = place.intensity.u95 ?? widths.intensity[place.intensity.tier]
  assumptions.push(assumedFrom('grid_g_per_kwh', named(place.intensity), u95, 'operational'))
  return flat(facility, place.intensity.value, u95)
}

const named = <K extends { source: string; screening: boolean }>(known: K): K =>
  known.screening
    ? { ...known, source: `${known.source} (screening: a life-cycle average, which Scope 2 refuses)` }
    : known

const flat = (facility: KilowattHours | null, gPerKwh: number, u95: number): Grid => {
  const intensity = gramsPerKilowattHour(gPerKwh)
  return { intensity, u95, location: facility === null ? null : locationBasedOf([{ energy: facility, intensity }]) }
}

const hourly = (
  facility: KilowattHours | null,
  hours: HourFacts[],
  widths: TierWidths,
  assumptions: Assumed[],
): Grid => {
  const known = hours.flatMap(({ share, intensity }) => (intensity === null ? [] : [{ share, intensity }]))
  const [first] = known
  if (facility === null || first === undefined || known.length < hours.length) {
    const missing = hours.length - known.length
    assumptions.push(
      assumed('grid_g_per_kwh', null, `${missing} of ${hours.length} hours from start have no intensity`),
    )
    return UNKNOWN_GRID
  }
  const location = locationBasedOf(
    known.map(({ share, intensity }) => ({
      energy: scale(facility, share),
      intensity: gramsPerKilowattHour(intensity.value),
    })),
  )
  const worst = known.reduce(
    (tier, { intensity }) => (intensity.tier > tier ? intensity.tier : tier),
    first.intensity.tier,
  )
  const u95 = known.reduce(
    (sum, { share, intensity }) => sum + share * (intensity.u95 ?? widths.intensity[intensity.tier]),
    0,
  )
  const mean = intensityOf(location, facility) ?? gramsPerKilowattHour(first.intensity.value)
  const sources = [...new Set(known.map(({ intensity }) => named(intensity).source))].slice(0, 3).join('; ')
  assumptions.push(
    assumed('grid_g_per_kwh', value(mean), `as experienced over ${hours.length} hours from start: ${sources}`, {
      tier: worst,
      bearing: 'operational',
      relative: u95,
    }),
  )
  return { location, intensity: mean, u95 }
}

const marketOf = (
  part: EstimatePart,
  facility: KilowattHours | null,
  grid: Grid,
  place: PlaceFacts,
  widths: TierWidths,
  pooled: readonly OfferedEnergy[] | null,
  assumptions: Assumed[],
): GramsCO2e | null => {
  if (facility === null || pooled === null) return null
  const own = (part.instruments ?? []).map(({ mwh, g_per_kwh }) => ({
    energy: energyFrom(mwh, 'MWh'),
    rate: gramsPerKilowattHour(g_per_kwh),
  }))
  const rate = (gPerKwh: number | null | undefined) => (gPerKwh == null ? null : gramsPerKilowattHour(gPerKwh))
  const residual = part.residual_g_per_kwh === undefined ? (place.residual?.value ?? null) : part.residual_g_per_kwh
  const result = marketBasedOf(facility, [...own, ...pooled], {
    supplier: rate(part.market_g_per_kwh),
    residual: rate(residual),
    location: grid.intensity,
  })
  if (value(result.surplus) > 0)
    assumptions.push(
      assumed(
        'instruments',
        value(result.surplus),
        'kWh of instruments beyond the load: surplus, which takes nothing off',
      ),
    )
  if (part.market_g_per_kwh !== undefined || value(result.uncovered) === 0) return result.mass
  if (result.remainder?.from === 'residual' && part.residual_g_per_kwh === undefined && place.residual)
    assumptions.push(
      assumedFrom(
        'residual_g_per_kwh',
        place.residual,
        place.residual.u95 ?? widths.market[place.residual.tier],
        'market',
      ),
    )
  if (result.remainder?.from === 'location')
    assumptions.push(
      assumed(
        'residual_g_per_kwh',
        null,
        `flagged: ${place.residualNote ?? 'no residual mix is known'}; the location-based intensity stands in (Scope 2 Guidance, table 6.3)`,
        { bearing: 'market' },
      ),
    )
  return result.mass
}

const waterOfPart = (
  part: EstimatePart,
  { it, facility }: Pick<PartOperation, 'it' | 'facility'>,
  place: PlaceFacts,
  widths: TierWidths,
  assumptions: Assumed[],
): Litres | null => {
  const site = part.wue_l_per_kwh ?? place.wue?.value ?? null
  const source = part.source_wue_l_per_kwh ?? place.sourceWue?.value ?? null
  if (site === null && source === null) return null
  if (part.wue_l_per_kwh === undefined)
    assumptions.push(
      place.wue
        ? assumedFrom('wue_l_per_kwh', place.wue, place.wue.u95 ?? widths.water[place.wue.tier], 'none')
        : assumed('wue_l_per_kwh', null, 'water on site is unknown and left out'),
    )
  if (part.source_wue_l_per_kwh === undefined)
    assumptions.push(
      place.sourceWue
        ? assumedFrom(
            'source_wue_l_per_kwh',
            place.sourceWue,
            place.sourceWue.u95 ?? widths.water[place.sourceWue.tier],
            'none',
          )
        : assumed('source_wue_l_per_kwh', null, 'water of the power stations is unknown and left out'),
    )
  const onSite = site === null ? null : it === null ? undefined : waterUsed(it, litresPerKilowattHour(site))
  const ofStations =
    source === null ? null : facility === null ? undefined : waterUsed(facility, litresPerKilowattHour(source))
  // undefined: the rate is known and its energy is not, so the water is unknown.
  if (onSite === undefined && facility !== null)
    assumptions.push(
      assumed(
        'pue',
        null,
        'water on site is per kWh of the equipment, which a facility’s energy tells with a pue alone: unknown',
      ),
    )
  if (onSite === undefined || ofStations === undefined) return null
  if (onSite === null || ofStations === null) return onSite ?? ofStations
  return add(onSite, ofStations)
}
