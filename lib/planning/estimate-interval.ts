import { boundsOf, WIDEST_NORMAL } from '@/lib/accounting/uncertainty/bounds'
import { simulate, type UncertainInput } from '@/lib/accounting/uncertainty/monte-carlo'
import { type Contribution, spreadOf } from '@/lib/accounting/uncertainty/spread'

/**
 * A part's total in factors: energy (or its facility energy) × overhead × intensity, and embodied; each with its width and
 * what it errs with.
 */
export interface UncertainPart {
  /** null: left out, as embodiedKg. */
  operationalKg: number | null
  embodiedKg: number | null
  energyU95: number
  overheadU95: number
  intensityU95: number
  embodiedU95: number
  energyGroup: string
  overheadGroup: string
  intensityGroup: string
  embodiedGroup: string
}

/**
 * 95 % interval of Σ (E × PUE × CI + M), kg: analytic where every width is at most 30 %, else 10,000 lognormal draws with a
 * fixed seed (METHOD §9). Parts that rest on one place or one piece of hardware err together.
 */
export const intervalOfEstimate = (parts: readonly UncertainPart[]): { low: number; high: number } => {
  const contributions = parts.flatMap((part) => [...operationalOf(part), ...embodiedOf(part)])
  const total = totalOf(parts)
  if (total === 0) return { low: 0, high: 0 }
  const u95 = spreadOf(contributions).half / total
  const bearing = contributions.filter(({ amount }) => amount !== 0)
  if (u95 <= WIDEST_NORMAL && bearing.every((each) => each.u95 <= WIDEST_NORMAL)) return around(total, u95)
  return simulated(parts) ?? around(total, u95)
}

const operationalOf = (part: UncertainPart): Contribution<number>[] => {
  const { operationalKg: amount } = part
  if (amount === null) return []
  return [
    { source: 'energy', group: part.energyGroup, amount, u95: part.energyU95 },
    { source: 'overhead', group: part.overheadGroup, amount, u95: part.overheadU95 },
    { source: 'intensity', group: part.intensityGroup, amount, u95: part.intensityU95 },
  ]
}

const embodiedOf = (part: UncertainPart): Contribution<number>[] =>
  part.embodiedKg === null
    ? []
    : [{ source: 'embodied', group: part.embodiedGroup, amount: part.embodiedKg, u95: part.embodiedU95 }]

const totalOf = (parts: readonly UncertainPart[]): number =>
  parts
    .flatMap(({ operationalKg, embodiedKg }) => [operationalKg ?? [], embodiedKg ?? []].flat())
    .reduce((sum, kg) => sum + kg, 0)

const around = (total: number, u95: number) => {
  const { low, high } = boundsOf(u95)
  return { low: total * low, high: total * high }
}

const simulated = (parts: readonly UncertainPart[]) => {
  // Drawn as factors around 1, so that the masses stay what they are in the mean.
  const inputs = parts.flatMap((part): UncertainInput[] => [
    { mean: 1, u95: part.energyU95, group: `energy ${part.energyGroup}` },
    { mean: 1, u95: part.overheadU95, group: `overhead ${part.overheadGroup}` },
    { mean: 1, u95: part.intensityU95, group: `intensity ${part.intensityGroup}` },
    { mean: 1, u95: part.embodiedU95, group: `embodied ${part.embodiedGroup}` },
  ])
  return simulate(inputs, (drawn) =>
    parts.reduce((sum, part, i) => {
      const [energy, overhead, intensity, embodied] = drawn.slice(i * 4, i * 4 + 4) as [number, number, number, number]
      const operational = part.operationalKg === null ? 0 : part.operationalKg * energy * overhead * intensity
      return sum + operational + (part.embodiedKg === null ? 0 : part.embodiedKg * embodied)
    }, 0),
  )
}
