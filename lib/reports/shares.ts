/**
 * Shares in tenths of a percent that sum to exactly 100.0 %: largest remainder, the earlier part on a tie.
 * [1n, 1n, 1n] → [334, 333, 333]. All zero → all zero: of nothing there are no shares.
 */
export const sharesPerMille = (parts: readonly bigint[]): number[] => {
  const total = parts.reduce((sum, part) => sum + part, 0n)
  if (total <= 0n) return parts.map(() => 0)
  const shares = parts.map((part) => Number((part * 1000n) / total))
  const left = 1000 - shares.reduce((sum, share) => sum + share, 0)
  const order = parts
    .map((part, index) => ({ index, remainder: (part * 1000n) % total }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  for (const { index } of order.slice(0, left)) shares[index] = (shares[index] ?? 0) + 1
  return shares
}

/** 374 → `37.4 %`; what is there but below resolution says so. */
export const shareText = (perMille: number, part: bigint): string =>
  perMille === 0 && part > 0n ? '< 0.1\u202f%' : `${(perMille / 10).toFixed(1)}\u202f%`
