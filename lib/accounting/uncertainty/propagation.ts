/** Half-widths of 95 % intervals, as shares of their value: 0.1 = ±10 %. */

/** A term of a sum and how uncertain it is. Amounts in one unit, whichever. */
export interface UncertainTerm {
  amount: number
  u95: number
}

/**
 * U = √(Σ Uᵢ²): a product of independent factors (IPCC 2006, vol. 1, ch. 3, eq. 3.1). ±5 % and ±10 % → ±11.18 % (case
 * UNC-01).
 */
export const widthOfProduct = (widths: readonly number[]): number => Math.hypot(...widths.map(lawful))

/**
 * U = √(Σ (Uᵢ xᵢ)²) ÷ |Σ xᵢ|: a sum of independent terms (eq. 3.2). 100 ± 11.18 % and 50 ± 30 % → ±12.47 % (UNC-01). Null
 * where the sum is 0: a share of nothing.
 */
export const widthOfSum = (terms: readonly UncertainTerm[]): number | null => {
  const total = terms.reduce((sum, { amount }) => sum + amount, 0)
  return total === 0 ? null : Math.hypot(...terms.map(({ amount, u95 }) => amount * lawful(u95))) / Math.abs(total)
}

/**
 * U = |Σ Uᵢ xᵢ| ÷ |Σ xᵢ|: terms that err together, as all that rest on one grid intensity do (METHOD §9). 100 ± 10 % and 50
 * ± 10 % → ±10 %.
 */
export const widthOfCorrelatedSum = (terms: readonly UncertainTerm[]): number | null => {
  const total = terms.reduce((sum, { amount }) => sum + amount, 0)
  const half = terms.reduce((sum, { amount, u95 }) => sum + amount * lawful(u95), 0)
  return total === 0 ? null : Math.abs(half) / Math.abs(total)
}

const lawful = (u95: number): number => {
  if (!(Number.isFinite(u95) && u95 >= 0)) throw new RangeError(`A half-width must be a share from 0 on, got ${u95}`)
  return u95
}
