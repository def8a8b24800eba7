/**
 * A whole in parts that sum to it exactly, by weight: each part gets ⌊whole × wᵢ ÷ Σw⌋ and what is left goes, one unit
 * each, to the largest remainders, the earlier part on a tie (METHOD §5: Σ allocated = Σ metered, to the last unit). 100 by
 * 1 : 1 : 1 → 34, 33, 33. Null where all weights are 0: nobody to give it to, so it stays unallocated. @throws RangeError
 * for a negative whole or weight
 */
export const splitByWeights = (whole: bigint, weights: readonly bigint[]): bigint[] | null => {
  if (whole < 0n || weights.some((weight) => weight < 0n))
    throw new RangeError('A split has no negative whole or weight')
  const sum = weights.reduce((total, weight) => total + weight, 0n)
  if (sum === 0n) return null
  const parts = weights.map((weight) => (whole * weight) / sum)
  const left = Number(whole - parts.reduce((total, part) => total + part, 0n))
  const order = weights
    .map((weight, index) => ({ index, remainder: (whole * weight) % sum }))
    .sort((one, other) =>
      one.remainder === other.remainder ? one.index - other.index : one.remainder > other.remainder ? -1 : 1,
    )
  for (const { index } of order.slice(0, left)) parts[index] = (parts[index] as bigint) + 1n
  return parts
}

/**
 * The same for a whole that may be below zero, as the effect of an instrument is: the size is split and the sign put back.
 * −100 by 1 : 1 : 1 → −34, −33, −33.
 */
export const splitSigned = (whole: bigint, weights: readonly bigint[]): bigint[] | null => {
  const parts = splitByWeights(whole < 0n ? -whole : whole, weights)
  return whole < 0n && parts !== null ? parts.map((part) => -part) : parts
}

/**
 * The same where the caller knows that there is somebody to give it to. @throws RangeError where all weights are 0 and the
 * whole is not
 */
export const largestRemainder = (whole: bigint, weights: readonly bigint[]): bigint[] => {
  const parts = splitByWeights(whole, weights)
  if (parts === null && whole !== 0n) throw new RangeError(`Nobody to give ${whole} to: all weights are 0`)
  return parts ?? weights.map(() => 0n)
}
