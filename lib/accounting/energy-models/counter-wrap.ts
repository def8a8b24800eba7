/**
 * Δ of a counter that starts again at a known range: cᵢ₊₁ − cᵢ, or, below zero, range − cᵢ + cᵢ₊₁ (METHOD §1.2; Linux
 * powercap max_energy_range_uj), in the counter's own integers. 262,143,000,000 → 1,000,000 of 262,143,328,850 µJ →
 * 1,328,850 µJ (case EN-03). At most one wrap can be told. @throws RangeError for a count outside 0 … range
 */
export const wrappedDifference = (before: bigint, after: bigint, range: bigint): bigint => {
  for (const count of [before, after])
    if (count < 0n || count > range) throw new RangeError(`A count lies in 0 … ${range}, got ${count}`)
  return after >= before ? after - before : range - before + after
}
