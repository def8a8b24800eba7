// Figures of a run: medians with their range, and ratios to one contender.
export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
export const quantile = (values, share) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]

export const figure = (value) =>
  value >= 100_000 ? `${Math.round(value / 1000)}k` : value >= 100 ? Math.round(value).toString() : value.toPrecision(3)
export const spread = (values) =>
  values.length === 1
    ? figure(values[0])
    : `${figure(median(values))} (${figure(Math.min(...values))}..${figure(Math.max(...values))})`

/** Prints rows of equal keys as a Markdown table. */
export const printTable = (rows) => {
  const keys = Object.keys(rows[0])
  const widths = keys.map((key) => Math.max(key.length, ...rows.map((row) => String(row[key] ?? '').length)))
  const line = (cells) => `| ${cells.map((cell, i) => String(cell ?? '').padEnd(widths[i])).join(' | ')} |`
  console.log(line(keys))
  console.log(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`)
  for (const row of rows) console.log(line(keys.map((key) => row[key])))
}

/** A goal that is missed is said, and makes the command fail. */
export const judge = (goals) => {
  console.log('')
  for (const { goal, is, met } of goals) console.log(`${met ? 'met   ' : 'MISSED'}  ${goal}: ${is}`)
  return goals.every(({ met }) => met) ? 0 : 1
}
