/** Data quality of a factor, each 1 (best) … 5 (GHG Protocol Product Standard; ecoinvent). */
export interface Pedigree {
  reliability: number
  completeness: number
  temporal: number
  geographical: number
  technological: number
}

/** Uncertainty factors U of the pedigree matrix by score 1 … 5. */
export const PEDIGREE_FACTORS: Readonly<Record<keyof Pedigree, readonly number[]>> = {
  reliability: [1, 1.05, 1.1, 1.2, 1.5],
  completeness: [1, 1.02, 1.05, 1.1, 1.2],
  temporal: [1, 1.03, 1.1, 1.2, 1.5],
  geographical: [1, 1.01, 1.02, 1.05, 1.1],
  technological: [1, 1.05, 1.2, 1.5, 2],
}

/**
 * GSD² = exp(√(Σ ln² U_k + ln² U_b)): the factor by which a lognormal value is multiplied and divided for its 95 % interval
 * (METHOD §9). All scores 1 and a basic 1.05 → 1.05. Scores 2 · 2 · 3 · 1 · 1 → 1.127. @throws RangeError for a score
 * outside 1 … 5
 */
export const gsd2OfPedigree = (scores: Pedigree, basic = 1.05): number => {
  if (!(basic >= 1)) throw new RangeError(`An uncertainty factor is 1 or more, got ${basic}`)
  const factors = (Object.keys(PEDIGREE_FACTORS) as (keyof Pedigree)[]).map((indicator) => {
    const factor = PEDIGREE_FACTORS[indicator][scores[indicator] - 1]
    if (factor === undefined) throw new RangeError(`${indicator} is scored 1 … 5, got ${scores[indicator]}`)
    return factor
  })
  return Math.exp(Math.hypot(...[...factors, basic].map(Math.log)))
}
