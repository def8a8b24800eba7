import { splitByWeights } from '@/lib/accounting/allocation/largest-remainder'
import type { Contribution } from '@/lib/accounting/uncertainty/spread'
import type { TierWidths } from '@/lib/accounting/uncertainty/tier-widths'
import type { DeploymentName } from '@/lib/contracts/common'
import type { ScopeHours } from '@/lib/rollups/scope-hours'
import type { StatementActivity } from '@/lib/rollups/statement-activities'
import type { StatementAsset } from '@/lib/rollups/statement-assets'
import type { DeploymentEffect } from '@/lib/rollups/statement-instruments'
import type { SpreadPart } from '@/lib/rollups/statement-spread'
import { roundHalfEven } from '@/lib/units/round'
import { sumKnown } from './ledger-lines'
import { SCOPE_2 } from './scope-deployments'
import { worstTier } from './tiers'

/** The smallest lines of a statement, each a sum of one kind of thing. Rows of the scope table are made of them. Pure. */

export interface GapHours {
  reason: string
  hours: number
}

/** Things recorded that have no figure: activities without a factor, assets without an embodied value. */
export interface Unknown {
  what: 'activity' | 'asset'
  count: number
}

export interface Leaf {
  mg: bigint | null
  hoursKnown: number
  gapHours: number
  gaps: GapHours[]
  /** mg by how well it is known, 1 … 5; they sum to mg. */
  tiersMg: [bigint, bigint, bigint, bigint, bigint]
  provisionalMg: bigint
  /** Part of mg that rests on a life-cycle average. */
  screeningMg: bigint
  /** Part of a market-based mg for which no residual mix is known. */
  fallbackMg: bigint
  /** Part of mg from data of suppliers (AR 46(g)). */
  primaryMg: bigint
  biogenicMg: bigint
  unknown: Unknown[]
  contributions: Contribution<bigint>[]
  deployments: DeploymentName[]
  /** Whether anything of the kind was recorded, with or without a figure. */
  recorded: boolean
}

export const noTiers = (): Leaf['tiersMg'] => [0n, 0n, 0n, 0n, 0n]

export const emptyLeaf = (): Leaf => ({
  mg: null,
  hoursKnown: 0,
  gapHours: 0,
  gaps: [],
  tiersMg: noTiers(),
  provisionalMg: 0n,
  screeningMg: 0n,
  fallbackMg: 0n,
  primaryMg: 0n,
  biogenicMg: 0n,
  unknown: [],
  contributions: [],
  deployments: [],
  recorded: false,
})

const sum = (amounts: (bigint | null)[]): bigint => sumKnown(amounts) ?? 0n
const union = <T>(lists: T[][]): T[] => [...new Set(lists.flat())]

const mergedGaps = (gaps: GapHours[]): GapHours[] => {
  const byReason = new Map<string, number>()
  for (const { reason, hours } of gaps) byReason.set(reason, (byReason.get(reason) ?? 0) + hours)
  return [...byReason]
    .map(([reason, hours]) => ({ reason, hours }))
    .sort((a, b) => b.hours - a.hours || (a.reason < b.reason ? -1 : 1))
}

/**
 * Leaves added. Hours are those of the leaves of `hoursOf`, by default all: a loss and the electricity that is lost share their hours,
 * and an hour is counted once.
 */
export const mergeLeaves = (leaves: Leaf[], hoursOf: Leaf[] = leaves): Leaf => ({
  mg: sumKnown(leaves.map(({ mg }) => mg)),
  hoursKnown: hoursOf.reduce((all, { hoursKnown }) => all + hoursKnown, 0),
  gapHours: hoursOf.reduce((all, { gapHours }) => all + gapHours, 0),
  gaps: mergedGaps(hoursOf.flatMap(({ gaps }) => gaps)),
  tiersMg: noTiers().map((_, at) => sum(leaves.map(({ tiersMg }) => tiersMg[at] ?? 0n))) as Leaf['tiersMg'],
  provisionalMg: sum(leaves.map(({ provisionalMg }) => provisionalMg)),
  screeningMg: sum(leaves.map(({ screeningMg }) => screeningMg)),
  fallbackMg: sum(leaves.map(({ fallbackMg }) => fallbackMg)),
  primaryMg: sum(leaves.map(({ primaryMg }) => primaryMg)),
  biogenicMg: sum(leaves.map(({ biogenicMg }) => biogenicMg)),
  unknown: (['activity', 'asset'] as const).flatMap((what) => {
    const count = leaves
      .flatMap(({ unknown }) => unknown)
      .reduce((all, one) => all + (one.what === what ? one.count : 0), 0)
    return count > 0 ? [{ what, count }] : []
  }),
  contributions: leaves.flatMap(({ contributions }) => contributions),
  deployments: union(leaves.map(({ deployments }) => deployments)),
  recorded: leaves.some(({ recorded }) => recorded),
})

export type ElectricityMeasure = 'location' | 'market' | 'loss' | 'upstream'

const massOf = (row: ScopeHours, measure: ElectricityMeasure): bigint | null =>
  measure === 'location'
    ? row.location_mg
    : measure === 'market'
      ? row.market_mg
      : measure === 'loss'
        ? row.loss_mg
        : row.upstream_mg

/**
 * Whether a figure of the hour stays out of Scope 2 because it is a life-cycle average that nobody has accepted. A market-based figure
 * is one only where the grid average stands in for the residual mix.
 */
export const isKeptOut = (
  row: Pick<ScopeHours, 'deployment' | 'screening' | 'accepted' | 'market_rate'>,
  measure: 'location' | 'market' = 'location',
): boolean =>
  row.screening &&
  !row.accepted &&
  SCOPE_2.includes(row.deployment) &&
  (measure === 'location' || row.market_rate === 'location')

const tierOf = (row: ScopeHours, measure: ElectricityMeasure): number | null => {
  const { energy_tier: energy, overhead_tier: overhead, intensity_tier: intensity } = row
  if (measure === 'location') return worstTier({ energy, overhead, intensity })
  if (measure === 'market')
    return worstTier({ energy, overhead, intensity: row.market_rate === 'location' ? intensity : row.market_tier })
  if (measure === 'loss') {
    const factor = worstTier({ energy: row.loss_tier, overhead: intensity, intensity: null })
    return worstTier({ energy, overhead, intensity: factor })
  }
  return worstTier({ energy, overhead, intensity: row.upstream_tier })
}

const WITHOUT: Record<ElectricityMeasure, string> = {
  location: 'no_intensity',
  market: 'no_market_rate',
  loss: 'no_loss_factor',
  upstream: 'no_upstream_factor',
}

/** Electricity of these deployments by one measure: what is known is summed, what is unknown is counted by reason. */
export const electricityLeaf = (
  { hours, spread, widths }: { hours: ScopeHours[]; spread: SpreadPart[]; widths: TierWidths },
  deployments: DeploymentName[],
  measure: ElectricityMeasure,
): Leaf => {
  const judged = measure === 'market' ? 'market' : 'location'
  const mine = hours.filter((row) => deployments.includes(row.deployment) && !isKeptOut(row, judged))
  const known = mine.filter((row) => massOf(row, measure) !== null)
  const of = (rows: ScopeHours[]) => sum(rows.map((row) => massOf(row, measure)))
  const tiersMg = noTiers()
  for (const row of known) {
    const worst = tierOf(row, measure)
    if (worst !== null) tiersMg[worst - 1] = (tiersMg[worst - 1] ?? 0n) + (massOf(row, measure) ?? 0n)
  }
  const gaps = mergedGaps(
    mine.flatMap((row) => {
      if (row.gap !== null) return [{ reason: row.gap, hours: row.hours }]
      if (row.facility_uwh === null || massOf(row, measure) !== null || measure === 'location') return []
      const reason = row.screening && measure !== 'market' ? 'in_life_cycle_average' : WITHOUT[measure]
      return [{ reason, hours: row.hours }]
    }),
  )
  const count = (rows: ScopeHours[]) => rows.reduce((all, row) => all + row.hours, 0)
  return {
    ...emptyLeaf(),
    mg: sumKnown(known.map((row) => massOf(row, measure))),
    hoursKnown: count(known),
    gapHours: gaps.reduce((all, gap) => all + gap.hours, 0),
    gaps,
    tiersMg,
    provisionalMg: of(known.filter((row) => row.provisional)),
    screeningMg:
      measure === 'upstream'
        ? 0n
        : of(known.filter((row) => row.screening && (measure !== 'market' || row.market_rate === 'location'))),
    fallbackMg: measure === 'market' ? of(known.filter((row) => row.market_rate === 'location')) : 0n,
    contributions: spread
      .filter((part) => deployments.includes(part.deployment) && !isPartKeptOut(part, judged))
      .flatMap((part): Contribution<bigint>[] => {
        const amount = part[`${measure}_mg`]
        if (amount === 0n) return []
        const kind = part.source === 'loss' || part.source === 'upstream' ? 'factor' : part.source
        return [{ source: part.source, group: part.errs_together, amount, u95: widths[kind][part.tier as 1] }]
      }),
    deployments,
    recorded: mine.length > 0,
  }
}

const isPartKeptOut = (part: SpreadPart, measure: 'location' | 'market'): boolean =>
  isKeptOut({ ...part, market_rate: part.fallback ? 'location' : null }, measure)

/** What instruments leave of a market-based leaf: its parts shrink in proportion, and still sum to it. */
export const afterEffects = (leaf: Leaf, effects: DeploymentEffect[]): Leaf => {
  const effect = sumKnown(
    effects.filter(({ deployment }) => leaf.deployments.includes(deployment)).map((one) => one.effect_mg),
  )
  if (effect === null || leaf.mg === null) return leaf
  const before = leaf.mg
  const mg = before + effect
  const scaled = (amount: bigint) => (before === 0n ? 0n : (amount * mg) / before)
  return {
    ...leaf,
    mg,
    tiersMg: ((mg > 0n && splitByWeights(mg, leaf.tiersMg)) || noTiers()) as Leaf['tiersMg'],
    provisionalMg: scaled(leaf.provisionalMg),
    screeningMg: scaled(leaf.screeningMg),
    fallbackMg: scaled(leaf.fallbackMg),
    contributions: leaf.contributions.map((one) => ({ ...one, amount: scaled(one.amount) })),
  }
}

/** A stated total is as good as its sender; a quantity with a published factor is measured and multiplied; money says little. */
const tierOfActivity = ({ primary_data, kg_per_unit, unit }: StatementActivity): 1 | 2 | 3 | 5 =>
  /^[A-Z]{3}$/.test(unit) ? 5 : primary_data ? 1 : kg_per_unit === null ? 3 : 2

/** Activities, or what their fuels emit upstream. */
export const activityLeaf = (
  activities: StatementActivity[],
  widths: TierWidths,
  measure: 'mg' | 'upstream_mg' = 'mg',
): Leaf => {
  const known = activities.filter((one) => one[measure] !== null)
  const tiersMg = noTiers()
  for (const one of known)
    tiersMg[tierOfActivity(one) - 1] = (tiersMg[tierOfActivity(one) - 1] ?? 0n) + (one[measure] ?? 0n)
  const missing = measure === 'mg' ? activities.length - known.length : 0
  return {
    ...emptyLeaf(),
    mg: sumKnown(known.map((one) => one[measure])),
    tiersMg,
    primaryMg: sum(known.filter((one) => one.primary_data && measure === 'mg').map((one) => one.mg)),
    biogenicMg: measure === 'mg' ? sum(activities.map((one) => one.biogenic_mg)) : 0n,
    unknown: missing > 0 ? [{ what: 'activity', count: missing }] : [],
    contributions: known.map((one) => ({
      source: measure === 'mg' ? 'activity' : 'activity upstream',
      group: one.activity_id,
      amount: one[measure] ?? 0n,
      u95: (measure === 'mg' ? one.u95 : null) ?? widths.factor[tierOfActivity(one)],
    })),
    recorded: activities.length > 0,
  }
}

const BASIS_TIER = { pcf: 2, 'bottom-up': 3, 'category-default': 4, mass: 5, proxy: 5 } as const

/** Units × kg of one, cradle to gate, whole in the year of purchase (GHG Protocol Scope 3 Standard, category 2). Null where it is unknown. */
export const bookedMg = ({ units, embodied_kg }: Pick<StatementAsset, 'units' | 'embodied_kg'>): bigint | null =>
  embodied_kg === null ? null : BigInt(roundHalfEven(units * embodied_kg * 1e6))

/** Hardware bought: whole, in the year of purchase. */
export const assetLeaf = (assets: StatementAsset[], widths: TierWidths): Leaf => {
  const known = assets.flatMap((asset) => {
    const mg = bookedMg(asset)
    return mg === null ? [] : [{ asset, mg, tier: BASIS_TIER[asset.embodied_basis ?? 'proxy'] }]
  })
  const tiersMg = noTiers()
  for (const { mg, tier } of known) tiersMg[tier - 1] = (tiersMg[tier - 1] ?? 0n) + mg
  const missing = assets.length - known.length
  return {
    ...emptyLeaf(),
    mg: sumKnown(known.map(({ mg }) => mg)),
    tiersMg,
    primaryMg: sum(known.filter(({ asset }) => asset.embodied_basis === 'pcf').map(({ mg }) => mg)),
    unknown: missing > 0 ? [{ what: 'asset', count: missing }] : [],
    // Machines of one kind share their footprint and its error.
    contributions: known.map(({ asset, mg, tier }) => ({
      source: 'embodied',
      group: asset.embodied_factor ?? asset.hardware,
      amount: mg,
      u95: asset.embodied_u95 ?? widths.embodied[tier],
    })),
    recorded: assets.length > 0,
  }
}

/** Treatment of a tonne of hardware by how it was retired; the share that goes on to a second life or back has none. */
export interface EndOfLifeFactor {
  retirement: 'recycled' | 'landfill'
  id: string
  version: number
  kgPerTonne: number
  u95: number | null
}

/** Hardware retired: mass × treatment (METHOD §4), no recycling credit. An asset without a mass has no figure. */
export const endOfLifeLeaf = (assets: StatementAsset[], factors: EndOfLifeFactor[], widths: TierWidths): Leaf => {
  const treated = assets.filter(({ retirement }) => retirement === 'recycled' || retirement === 'landfill')
  const known = treated.flatMap((asset) => {
    const mg = endOfLifeMg(asset, factors)
    return mg === null ? [] : [{ asset, mg }]
  })
  const total = sumKnown(known.map(({ mg }) => mg))
  return {
    ...emptyLeaf(),
    mg: total,
    tiersMg: [0n, 0n, 0n, total ?? 0n, 0n],
    unknown: treated.length > known.length ? [{ what: 'asset', count: treated.length - known.length }] : [],
    contributions: known.map(({ asset, mg }) => ({
      source: 'end of life',
      group: asset.retirement ?? '',
      amount: mg,
      u95: factors.find(({ retirement }) => retirement === asset.retirement)?.u95 ?? widths.factor[4],
    })),
    recorded: treated.length > 0,
  }
}

/** kg × units ÷ 1000 × kg of CO2e per tonne → mg. */
export const endOfLifeMg = (
  { units, mass_kg, retirement }: Pick<StatementAsset, 'units' | 'mass_kg' | 'retirement'>,
  factors: EndOfLifeFactor[],
): bigint | null => {
  const factor = factors.find((one) => one.retirement === retirement)
  return mass_kg === null || !factor
    ? null
    : BigInt(roundHalfEven(((units * mass_kg) / 1000) * factor.kgPerTonne * 1e6))
}
