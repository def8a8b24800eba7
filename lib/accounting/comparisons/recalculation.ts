import { type KilogramsCO2e, type Share, value } from '@/lib/units/quantity'

/** Why a base year may have to be stated anew (GHG Protocol Corporate Standard, ch. 5; METHOD §11). */
export const RECALCULATION_CAUSES = ['structure', 'method', 'factor', 'error'] as const
export type RecalculationCause = (typeof RECALCULATION_CAUSES)[number]

export interface Recalculation {
  /** Σ of effects ÷ base, by size; null without a base. */
  cumulative: number | null
  due: boolean
}

/**
 * Whether the base year is stated anew: |Σ effects| ÷ base > threshold. Organic growth and a new vintage of a factor are
 * not among the causes. +4 % and +2 % of 1,000 t with a threshold of 5 % → 6 %, due.
 */
export const recalculationOf = (
  base: KilogramsCO2e,
  effects: readonly { cause: RecalculationCause; effect: KilogramsCO2e }[],
  threshold: Share,
): Recalculation => {
  if (value(base) === 0) return { cumulative: null, due: effects.some(({ effect }) => value(effect) !== 0) }
  const cumulative = Math.abs(effects.reduce((sum, { effect }) => sum + value(effect), 0)) / Math.abs(value(base))
  return { cumulative, due: cumulative > value(threshold) }
}
