/** Months as `2026-01`; vintages as days, `to` is the first day outside. */

export interface Vintage {
  from: string
  to: string
}

const monthOf = (day: string): string => day.slice(0, 7)

const nextMonth = (month: string): string => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}

/** `2026-02` → `2026-02-01`, and the first day of the month after it. */
export const daysOfMonth = (month: string): Vintage => ({ from: `${month}-01`, to: `${nextMonth(month)}-01` })

/** Every month that holds a day of the vintage. */
export const monthsOf = ({ from, to }: Vintage): string[] => {
  const months: string[] = []
  for (let month = monthOf(from); `${month}-01` < to; month = nextMonth(month)) months.push(month)
  return months
}

/**
 * The months that must be allocated together with those that are due: an instrument is shared over all months of its vintage, and two
 * instruments that meet in a month bear on each other's. In order.
 */
export const allocationWindow = (due: readonly string[], vintages: readonly Vintage[]): string[] => {
  const months = new Set(due)
  const waiting = vintages.map(monthsOf)
  for (let grown = true; grown; ) {
    grown = false
    for (const [index, own] of waiting.entries()) {
      if (!own.some((month) => months.has(month))) continue
      waiting.splice(index, 1)
      for (const month of own) months.add(month)
      grown = true
      break
    }
  }
  return [...months].sort()
}

/**
 * The months cut where a vintage begins or ends inside them, so that on all days of a piece the same instruments apply. A vintage from
 * 15 March cuts March in two.
 */
export const vintagePieces = (
  months: readonly string[],
  vintages: readonly Vintage[],
): (Vintage & { month: string })[] => {
  const edges = [...new Set(vintages.flatMap(({ from, to }) => [from, to]))].sort()
  return months.flatMap((month) => {
    const { from, to } = daysOfMonth(month)
    const cuts = [from, ...edges.filter((edge) => edge > from && edge < to), to]
    return cuts.slice(1).map((end, at) => ({ month, from: cuts[at] as string, to: end }))
  })
}
