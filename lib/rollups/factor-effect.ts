import type { FactorEffect } from '@/lib/contracts/factors'
import type { FactorKind } from '@/lib/factors/factor-kinds'
import type { FactorUsage } from './factor-usage'

/** One side of a comparison: a version's number and its unit. */
export interface Side {
  value: number | null
  unit: string
  status: string
}

const NOTHING: FactorEffect = {
  lines: 0,
  days: 0,
  location_kg: null,
  market_kg: null,
  loss_kg: null,
  upstream_kg: null,
  embodied_kg: null,
  activity_kg: null,
  water_l: null,
  not_quantified: null,
}

/** µWh × g/kWh → kg: 1e-9 kWh × 1e-3. */
const kgOf = (uwh: number, gPerKwh: number): number => (uwh * gPerKwh) / 1e12

/** null where nothing rests on it: no effect is not an effect of zero. */
const some = (base: number, kg: number): number | null => (base === 0 ? null : kg)

/** f ÷ (1 − f) of METHOD §7, or the published g/kWh. */
const lossKg = (usage: FactorUsage, side: Side): number =>
  side.value === null
    ? 0
    : side.unit === 'g/kWh'
      ? kgOf(usage.lossUwh, side.value)
      : ((usage.lossBaseMg / 1e6) * side.value) / (1 - side.value)

/**
 * What taking `after` instead of `before` does to the figures that rest on a factor: stored energies × the difference. It says nothing
 * of what the factor would newly apply to. PURE. 1,000,000,000,000 µWh (1 MWh) at 330 instead of 320 g/kWh → +10 kg.
 */
export const factorEffect = (kind: FactorKind, usage: FactorUsage, before: Side, after: Side): FactorEffect => {
  const counted = { ...NOTHING, lines: usage.lines, days: usage.days }
  const told = (part: Partial<FactorEffect>): FactorEffect => ({ ...counted, ...part })
  if (after.status === 'withdrawn' || after.value === null || before.value === null) {
    return usage.lines + usage.activities === 0
      ? counted
      : told({
          not_quantified:
            'Another factor takes its place where it is used; which one is known when the days are posted.',
        })
  }
  const change = after.value - before.value
  const ratio = before.value === 0 ? null : after.value / before.value - 1
  switch (kind) {
    case 'grid-direct-year':
    case 'grid-lifecycle-year': {
      const scaled = ratio === null ? 0 : (usage.scaledMg / 1e6) * ratio
      return told({
        location_kg: some(usage.intensityUwh + usage.scaledMg, kgOf(usage.intensityUwh, change) + scaled),
        market_kg: some(usage.intensityMarketUwh, kgOf(usage.intensityMarketUwh, change)),
        loss_kg: some(usage.intensityLossUwh, kgOf(usage.intensityLossUwh, change)),
      })
    }
    case 'residual-mix':
      return told({ market_kg: some(usage.marketUwh, kgOf(usage.marketUwh, change)) })
    case 'grid-loss':
      return told({ loss_kg: some(usage.lossUwh, lossKg(usage, after) - lossKg(usage, before)) })
    case 'grid-upstream':
      return told({ upstream_kg: some(usage.upstreamUwh, kgOf(usage.upstreamUwh, change)) })
    case 'pue':
      return told({ location_kg: some(usage.overheadItUwh, (usage.overheadMg / 1e6) * change) })
    case 'wue':
      return told({ water_l: some(usage.waterItUwh, (usage.waterItUwh / 1e9) * change) })
    case 'source-water':
      return told({ water_l: some(usage.sourceWaterUwh, (usage.sourceWaterUwh / 1e9) * change) })
    case 'embodied':
      return told({ embodied_kg: ratio === null ? null : some(usage.embodiedMg, (usage.embodiedMg / 1e6) * ratio) })
    case 'fuel':
    case 'fuel-upstream':
    case 'water-supply':
    case 'end-of-life':
      return told({
        activity_kg: some(usage.activities, (usage.activityQuantity + usage.activityUpstreamQuantity) * change),
        not_quantified:
          usage.activities > 0
            ? 'Activities keep the factor version they were recorded with until they are revised.'
            : null,
      })
    default:
      return usage.lines + usage.activities === 0
        ? counted
        : told({ not_quantified: 'Its effect cannot be told from stored energies.' })
  }
}
