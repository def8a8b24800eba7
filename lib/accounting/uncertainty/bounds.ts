/** Where METHOD §9 leaves the symmetric interval: a mass cannot be negative, and a wide one is skewed. */
export const WIDEST_NORMAL = 0.3

/** 97.5th percentile of the standard normal distribution. */
export const Z95 = 1.959963984540054

export interface Bounds {
  /** As multiples of the value: 0.9 and 1.1 for ±10 %. */
  low: number
  high: number
  distribution: 'normal' | 'lognormal'
}

/**
 * 95 % bounds of a value known to ± u95. Up to ±30 %: 1 ∓ u95. Beyond: those of the lognormal distribution with the same
 * mean and the same coefficient of variation u95 ÷ 1.96 (IPCC 2006, vol. 1, ch. 3): σ² = ln(1 + CV²), exp(∓1.96 σ) ÷ √(1 +
 * CV²). Never below 0. ±10 % → 0.9 … 1.1. ±50 % → 0.592 … 1.585.
 */
export const boundsOf = (u95: number): Bounds => {
  if (!(Number.isFinite(u95) && u95 >= 0)) throw new RangeError(`A half-width must be a share from 0 on, got ${u95}`)
  if (u95 <= WIDEST_NORMAL) return { low: 1 - u95, high: 1 + u95, distribution: 'normal' }
  const variation = 1 + (u95 / Z95) ** 2
  const spread = Math.exp(Z95 * Math.sqrt(Math.log(variation)))
  return { low: 1 / (spread * Math.sqrt(variation)), high: spread / Math.sqrt(variation), distribution: 'lognormal' }
}
