/** Median of each value and those before it inside the window; nulls are left out, a window under half full gives null. */
export const rollingMedian = (values: readonly (number | null)[], window: number): (number | null)[] =>
  values.map((_, at) => {
    const known = values
      .slice(Math.max(0, at - window + 1), at + 1)
      .filter((value) => value !== null)
      .sort((a, b) => a - b)
    if (known.length * 2 < Math.min(window, at + 1)) return null
    const middle = Math.floor(known.length / 2)
    const upper = known[middle]
    const lower = known.length % 2 === 0 ? known[middle - 1] : upper
    return upper === undefined || lower === undefined ? null : (upper + lower) / 2
  })
