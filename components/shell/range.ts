/** A window of whole UTC days, half-open: `to` is the first day not in it. */
export interface DayRange {
  from: string
  to: string
}

export interface ResolvedRange extends DayRange {
  /** A preset, a period (`2026`, `2026-11`), or `custom`. */
  key: string
  label: string
}

export const RANGE_PRESETS = [
  { key: 'fytd', label: 'Year to date' },
  { key: '7d', label: 'Last 7 days' },
  { key: '30d', label: 'Last 30 days' },
  { key: '90d', label: 'Last 90 days' },
  { key: '12m', label: 'Last 12 months' },
  { key: 'this-month', label: 'This month' },
  { key: 'prev-month', label: 'Previous month' },
  { key: 'prev-year', label: 'Previous year' },
] as const

const DAY_NAME = /^\d{4}-\d{2}-\d{2}$/
const at = (day: string): Date => new Date(`${day}T00:00:00Z`)
const name = (year: number, month0: number, day = 1): string =>
  new Date(Date.UTC(year, month0, day)).toISOString().slice(0, 10)

export const isDay = (text: string | null | undefined): text is string =>
  typeof text === 'string' &&
  DAY_NAME.test(text) &&
  !Number.isNaN(at(text).getTime()) &&
  at(text).toISOString().startsWith(text)

export const addDays = (day: string, days: number): string =>
  new Date(at(day).getTime() + days * 86_400_000).toISOString().slice(0, 10)

const addMonths = (day: string, months: number): string =>
  name(at(day).getUTCFullYear(), at(day).getUTCMonth() + months, at(day).getUTCDate())

const print = (day: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options }).format(at(day)).replace('Sept ', 'Sep ')

/** `23 Nov 2025 to 22 Nov 2026`, `November 2026`, `2026`: the last day named is in the window. */
export const rangeLabel = ({ from, to }: DayRange): string => {
  const long = { day: 'numeric', month: 'short', year: 'numeric' } as const
  if (from.endsWith('-01') && to === addMonths(from, 1)) return print(from, { month: 'long', year: 'numeric' })
  if (from.endsWith('-01-01') && to === addMonths(from, 12)) return from.slice(0, 4)
  const last = addDays(to, -1)
  if (last === from) return print(from, long)
  const first = from.slice(0, 4) === last.slice(0, 4) ? ({ day: 'numeric', month: 'short' } as const) : long
  return `${print(from, first)} to ${print(last, long)}`
}

const fiscalStart = (today: string, startMonth: number): string => {
  const year = at(today).getUTCFullYear()
  const started = at(today).getUTCMonth() + 1 >= startMonth
  return name(started ? year : year - 1, startMonth - 1)
}

/** The window behind a key; null when the key means nothing. `today` is in the window of "to date" and "last n days". */
export const rangeOf = (key: string, today: string, fiscalStartMonth = 1): DayRange | null => {
  const next = addDays(today, 1)
  const year = at(today).getUTCFullYear()
  const month0 = at(today).getUTCMonth()
  const fiscal = fiscalStart(today, fiscalStartMonth)
  if (key === 'fytd') return { from: fiscal, to: next }
  if (/^(7|30|90)d$/.test(key)) return { from: addDays(next, -Number.parseInt(key, 10)), to: next }
  if (key === '12m') return { from: addMonths(next, -12), to: next }
  if (key === 'this-month') return { from: name(year, month0), to: name(year, month0 + 1) }
  if (key === 'prev-month') return { from: name(year, month0 - 1), to: name(year, month0) }
  if (key === 'prev-year') return { from: addMonths(fiscal, -12), to: fiscal }
  if (/^\d{4}$/.test(key)) return { from: name(Number(key), 0), to: name(Number(key) + 1, 0) }
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(key)) {
    const [y = 0, m = 1] = key.split('-').map(Number)
    return { from: name(y, m - 1), to: name(y, m) }
  }
  return null
}

export interface RangeQuery {
  range?: string | null
  from?: string | null
  to?: string | null
}

/** What the page shows: the query if it holds, else the default. Never throws. */
export const resolveRange = (
  query: RangeQuery,
  { today, defaultKey, fiscalStartMonth = 1 }: { today: string; defaultKey: string; fiscalStartMonth?: number },
): ResolvedRange & { dead?: string } => {
  if (isDay(query.from) && isDay(query.to) && query.from < query.to) {
    const custom = { from: query.from, to: query.to }
    return { ...custom, key: 'custom', label: rangeLabel(custom) }
  }
  const asked = query.range ?? null
  const found = asked ? rangeOf(asked, today, fiscalStartMonth) : null
  const key = found && asked ? asked : defaultKey
  const range = found ??
    rangeOf(defaultKey, today, fiscalStartMonth) ?? { from: addDays(today, -29), to: addDays(today, 1) }
  const preset = RANGE_PRESETS.find((one) => one.key === key)
  const label =
    key === 'fytd'
      ? `${range.from.slice(0, 4)} to date`
      : key.startsWith('prev') || !preset
        ? rangeLabel(range)
        : preset.label
  const dead =
    asked && !found ? asked : query.from || query.to ? `${query.from ?? '…'} to ${query.to ?? '…'}` : undefined
  return { ...range, key, label, dead: dead ?? undefined }
}

/** The same length before or after: whole months move by months, anything else by days. */
export const shiftRange = ({ from, to }: DayRange, direction: 1 | -1): DayRange => {
  if (from.endsWith('-01') && to.endsWith('-01')) {
    const months =
      (at(to).getUTCFullYear() - at(from).getUTCFullYear()) * 12 + at(to).getUTCMonth() - at(from).getUTCMonth()
    return { from: addMonths(from, months * direction), to: addMonths(to, months * direction) }
  }
  const days = Math.round((at(to).getTime() - at(from).getTime()) / 86_400_000)
  return { from: addDays(from, days * direction), to: addDays(to, days * direction) }
}
