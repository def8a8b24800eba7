import { carbonCost } from '@/lib/accounting/comparisons/carbon-price'
import { METHOD_VERSION } from '@/lib/accounting/entries'
import { type SciTerms, sciOf } from '@/lib/accounting/functional-units/sci'
import type { OfferedEnergy } from '@/lib/accounting/scope-2/market-based'
import type { TierWidths } from '@/lib/accounting/uncertainty/tier-widths'
import type { EstimateAnswer, EstimateAssumption, EstimateRequest } from '@/lib/contracts/estimate'
import { energyFrom, massAs } from '@/lib/units/measure'
import { gramsOf } from '@/lib/units/products'
import {
  type GramsCO2e,
  gramsCO2e,
  gramsPerKilowattHour,
  kilogramsCO2e,
  type Quantity,
  value,
} from '@/lib/units/quantity'
import { type Assumed, assumed, withEffect } from './assumption'
import { embodiedOfPart, type PartEmbodied } from './estimate-embodied'
import { energyOfPart, type PartEnergy } from './estimate-energy'
import type { PartFacts } from './estimate-facts'
import { intervalOfEstimate, type UncertainPart } from './estimate-interval'
import { energyAtBoundaries, operationOf, type PartOperation } from './estimate-operational'
import { asksForEnergy, type NamedPart, partsOf } from './estimate-parts'

type Figures = Omit<EstimateAnswer, 'assumptions' | 'stages' | 'method_version'>

interface Estimated {
  named: NamedPart
  facts: PartFacts
  energy: PartEnergy
  operation: PartOperation
  embodied: PartEmbodied
}

/**
 * POST /api/v1/estimate: what a job emits by METHOD §1–§6, from what is given and, where nothing is, from the library, each
 * such value told as an assumption. PURE; `factsOf` are the library's answers for the parts of partsOf, in their order.
 * Doubles in and out, nothing rounded. 1 × 300 W × 100 h, PUE 1, 400 g/kWh → 30 kWh, 12 kg (case SEED-01). @throws
 * EstimateRefusal
 */
export const estimate = (
  request: EstimateRequest,
  factsOf: readonly PartFacts[],
  widths: TierWidths,
): EstimateAnswer => {
  const parts = partsOf(request)
  const energies = parts.map((named, i) => {
    const facts = factsOf[i] as PartFacts
    const energy = energyOfPart(named.part, facts.hardware, widths)
    return { named, facts, energy, boundaries: energyAtBoundaries(named.part, energy, facts.place, widths) }
  })
  const using = energies.filter(({ named }) => asksForEnergy(named.part))
  const pools = pooledInstruments(
    parts[0]?.name === null ? undefined : request.instruments,
    using.map(({ boundaries }) => bare(boundaries.facility)),
  )
  const estimated = energies.map(
    ({ boundaries, ...rest }): Estimated => ({
      ...rest,
      operation: operationOf(rest.named.part, boundaries, rest.facts, widths, poolOf(pools, using, rest.named)),
      embodied: embodiedOfPart(rest.named.part, rest.facts.hardware, rest.energy.deviceHours, widths, rest.named.path),
    }),
  )
  const figures = estimated.map((part) => figuresOf(part))
  const assumptions = estimated.flatMap((part, i) => assumptionsOf(part, figures[i] as Figures))
  if (parts[0]?.name === null) return { ...(figures[0] as Figures), assumptions, method_version: METHOD_VERSION }
  return {
    ...summed(request, estimated, figures),
    assumptions,
    stages: figures.map((each, i) => ({ name: (parts[i] as NamedPart).name as string, ...each })),
    method_version: METHOD_VERSION,
  }
}

const poolOf = (pools: OfferedEnergy[][] | null, using: readonly { named: NamedPart }[], part: NamedPart) =>
  pools?.[using.findIndex(({ named }) => named === part)] ?? null

/**
 * Instruments of the whole, shared by facility energy: together the stages use what one load of their sum would. null: a stage
 * whose energy is unknown leaves the share of each unknown.
 */
const pooledInstruments = (
  instruments: EstimateRequest['instruments'],
  facility: readonly (number | null)[],
): OfferedEnergy[][] | null => {
  if (instruments === undefined) return facility.map(() => [])
  const known = facility.filter((energy) => energy !== null)
  if (known.length < facility.length) return null
  const total = known.reduce((sum, energy) => sum + energy, 0)
  return known.map((energy) =>
    instruments.map(({ mwh, g_per_kwh }) => ({
      energy: energyFrom(total === 0 ? 0 : mwh * (energy / total), 'MWh'),
      rate: gramsPerKilowattHour(g_per_kwh),
    })),
  )
}

const bare = <U extends string>(quantity: Quantity<U> | null): number | null =>
  quantity === null ? null : value(quantity)
const kilograms = (mass: GramsCO2e | null): number | null => (mass === null ? null : massAs(mass, 'kg'))

/** Operational and embodied; what was left out adds nothing, and an assumption says that it was. Unknown stays unknown. */
const together = (operational: number | null, embodied: number | null, isOperational: boolean): number | null => {
  if (!isOperational) return embodied
  return operational === null || embodied === null ? operational : operational + embodied
}

const figuresOf = (part: Estimated): Figures => {
  const { named, facts, energy, operation, embodied } = part
  const location = kilograms(operation.location)
  const embodiedKg = bare(embodied.embodied)
  return {
    energy_kwh: bare(operation.it),
    facility_kwh: bare(operation.facility),
    flops: bare(energy.flops),
    device_hours: bare(energy.deviceHours),
    location_kg: location,
    market_kg: kilograms(operation.market),
    embodied_kg: embodiedKg,
    water_l: bare(operation.water),
    compute_cost: computeCost(named.part.usd_per_hour ?? facts.hardware?.usdPerHour?.value, bare(energy.deviceHours)),
    ...concluded(named.part, location, kilograms(operation.market), embodiedKg, [part]),
  }
}

/** What follows from the masses: totals, cost, score and interval. */
const concluded = (
  asked: Pick<EstimateRequest, 'price_per_t' | 'functional_unit'>,
  location: number | null,
  market: number | null,
  embodied: number | null,
  parts: readonly Estimated[],
) => {
  const isOperational = parts.some(({ named }) => asksForEnergy(named.part))
  const total = together(location, embodied, isOperational)
  const interval = total === null ? null : intervalOfEstimate(parts.map(uncertainPart))
  return {
    total_location_kg: total,
    total_market_kg: together(market, embodied, isOperational),
    carbon_cost:
      total === null || asked.price_per_t === undefined ? null : carbonCost(kilogramsCO2e(total), asked.price_per_t),
    sci: total === null ? null : scoreOf(location, embodied, asked.functional_unit?.count),
    low_kg: interval?.low ?? null,
    high_kg: interval?.high ?? null,
  }
}

const computeCost = (usdPerHour: number | undefined, deviceHours: number | null): number | null =>
  usdPerHour === undefined || deviceHours === null ? null : usdPerHour * deviceHours

const scoreOf = (location: number | null, embodied: number | null, units: number | undefined): number | null =>
  units === undefined ? null : bare(sciOf(scoreTerms(location, embodied), units))

/** O or M that was left out is no term of the score; an assumption says so. */
const scoreTerms = (location: number | null, embodied: number | null): SciTerms => {
  const counted = (kg: number | null) => (kg === null ? NOT_COUNTED : gramsOf(kilogramsCO2e(kg)))
  return { operational: counted(location), embodied: counted(embodied), intensity: 'location' }
}
const NOT_COUNTED = gramsCO2e(0)

const uncertainPart = ({ named, facts, energy, operation, embodied }: Estimated): UncertainPart => {
  const place = named.part.cloud_region ?? facts.place.zone ?? 'given'
  const hardware = facts.hardware?.name ?? 'given'
  return {
    operationalKg: kilograms(operation.location),
    embodiedKg: bare(embodied.embodied),
    energyU95: energy.u95,
    overheadU95: operation.overheadU95,
    intensityU95: operation.intensityU95,
    embodiedU95: embodied.u95,
    energyGroup: named.path,
    overheadGroup: place,
    intensityGroup: facts.place.zone ?? 'given',
    embodiedGroup: hardware,
  }
}

/** A rate without device-hours to multiply. */
const costTold = ({ named: { part }, energy }: Estimated): Assumed[] =>
  part.usd_per_hour === undefined || energy.deviceHours !== null
    ? []
    : [assumed('compute_cost', null, 'usd_per_hour is given and no device-hours follow: give hours')]

const hardwareTold = ({ named: { part }, facts: { hardware, hardwareNote }, energy }: Estimated): Assumed[] => {
  const price = part.usd_per_hour === undefined && energy.deviceHours !== null ? hardware?.usdPerHour : null
  return [
    ...(hardwareNote === null ? [] : [assumed('hardware', part.hardware ?? null, hardwareNote)]),
    ...(price ? [assumed('usd_per_hour', price.value, price.source, { tier: price.tier })] : []),
  ]
}

const assumptionsOf = (part: Estimated, figures: Figures): EstimateAssumption[] => {
  const moved = {
    operationalKg: figures.location_kg,
    embodiedKg: figures.embodied_kg,
    marketKg: figures.market_kg,
  }
  const prefix = part.named.name === null ? '' : `${part.named.name}.`
  const told: Assumed[] = [
    ...part.named.unused.map(({ field, value, why }) => assumed(field, value, why)),
    ...hardwareTold(part),
    ...costTold(part),
    ...part.energy.assumptions,
    ...part.operation.assumptions,
    ...part.embodied.assumptions,
  ]
  return told.map((each) => withEffect(each, moved, prefix))
}

/**
 * Σ of the stages. One that is unknown leaves the sum unknown; what was left out of a stage, embodied or operational, is left
 * out of the sum.
 */
const summed = (request: EstimateRequest, estimated: readonly Estimated[], figures: readonly Figures[]): Figures => {
  const sumOver = (some: readonly Figures[], key: keyof Figures): number | null =>
    some.length === 0
      ? null
      : some.reduce<number | null>((total, each) => {
          const figure = each[key]
          return total === null || figure === null ? null : total + figure
        }, 0)
  const sum = (key: keyof Figures) => sumOver(figures, key)
  const operational = figures.filter((_, i) => asksForEnergy((estimated[i] as Estimated).named.part))
  const used = (key: keyof Figures) => sumOver(operational, key)
  const withEmbodied = figures.filter(({ embodied_kg }) => embodied_kg !== null)
  const embodiedKg = sumOver(withEmbodied, 'embodied_kg')
  const location = used('location_kg')
  const market = used('market_kg')
  return {
    energy_kwh: used('energy_kwh'),
    facility_kwh: used('facility_kwh'),
    flops: sum('flops'),
    device_hours: sum('device_hours'),
    location_kg: location,
    market_kg: market,
    embodied_kg: embodiedKg,
    water_l: used('water_l'),
    compute_cost: sum('compute_cost'),
    ...concluded(request, location, market, embodiedKg, estimated),
    // A stage may have a price of its own.
    carbon_cost: sum('carbon_cost'),
  }
}
