import type { Tier } from '@/components/figures/tier-mark'
import type { Totals } from '@/lib/rollups/totals'
import { type EnergyUnitName, energyUnitFor, formatPercent, type MassUnit, massUnitFor } from '@/lib/units/format'

const MG: Record<MassUnit, number> = { mg: 1, g: 1e3, kg: 1e6, t: 1e9 }
const UWH: Record<EnergyUnitName, number> = { Wh: 1e6, kWh: 1e9, MWh: 1e12, GWh: 1e15 }

const largest = (amounts: readonly (bigint | null)[]): bigint =>
  amounts.reduce<bigint>((most, amount) => (amount !== null && amount > most ? amount : most), 0n)

/** One unit for a column or an axis: the one in which its largest value reads well. */
export const massUnitOf = (amounts: readonly (bigint | null)[]): MassUnit => massUnitFor(largest(amounts))
export const energyUnitOf = (amounts: readonly (bigint | null)[]): EnergyUnitName => energyUnitFor(largest(amounts))

export const massIn = (mg: bigint | null, unit: MassUnit): number | null => (mg === null ? null : Number(mg) / MG[unit])
export const energyIn = (uwh: bigint | null, unit: EnergyUnitName): number | null =>
  uwh === null ? null : Number(uwh) / UWH[unit]
export const kilogramsOf = (mg: bigint | null): number | null => massIn(mg, 'kg')

/** Sums what is known; null when nothing is. */
export const sumOf = (amounts: readonly (bigint | null)[]): bigint | null => {
  const known = amounts.filter((amount) => amount !== null)
  return known.length === 0 ? null : known.reduce((all, amount) => all + amount, 0n)
}

/** mg per µWh → g/kWh. */
export const intensityOf = (mg: bigint | null, uwh: bigint | null): number | null =>
  mg === null || uwh === null || uwh === 0n ? null : (Number(mg) / Number(uwh)) * 1e6

export const ratioOf = (part: bigint | null, whole: bigint | null): number | null =>
  part === null || whole === null || whole === 0n ? null : Number(part) / Number(whole)

/** `93.4` and `%` apart, so that a figure can set them in two sizes. */
export const percentFigure = (share: number | null): { value: string | null; unit: string } => ({
  value: formatPercent(share)?.replace(/\u202f%$/, '') ?? null,
  unit: '%',
})

/** The tier of the middle kilogram: half of the mass is graded so or better, each line by the worst of its three tiers. */
export const middleTier = (totals: Totals): Tier | null => {
  if (totals.location_mg === null || totals.location_mg === 0n) return null
  let reached = 0n
  for (const [tier, mg] of [
    [1, totals.tier1_mg],
    [2, totals.tier2_mg],
    [3, totals.tier3_mg],
    [4, totals.tier4_mg],
  ] as const) {
    reached += mg
    if (reached * 2n >= totals.location_mg) return tier
  }
  return 5
}

export const coverageOf = (totals: { covered_ms: bigint; elapsed_ms: bigint }): number | null =>
  ratioOf(totals.covered_ms, totals.elapsed_ms)

/** Half-width of an interval in two figures, in the unit of its value; the mean of both sides where it is skewed. */
export const halfOf = (interval: { low: bigint; high: bigint } | null, unit: MassUnit): string | null => {
  const half = interval && massIn(interval.high - interval.low, unit)
  return half === null
    ? null
    : new Intl.NumberFormat('en', { maximumSignificantDigits: 2 }).format(Number((half / 2).toPrecision(2)))
}
