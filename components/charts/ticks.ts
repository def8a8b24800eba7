import { DAY, HOUR } from '@/lib/units/time'

/** Round values from 0 (or `from`) to at least `max`: about `steps` steps. */
export const niceTicks = (max: number, from = 0, steps = 4): number[] => {
  const span = max - from
  if (!(span > 0)) return [from, from + 1]
  const raw = span / steps
  const power = 10 ** Math.floor(Math.log10(raw))
  // From zero finer units waste less height; off zero only those that count well by eye.
  const units = from === 0 ? [1, 1.5, 2, 2.5, 3, 4, 5, 10] : [1, 2, 5, 10]
  const step = (units.find((unit) => unit * power >= raw) ?? 10) * power
  const start = Math.floor(from / step + 1e-9) * step
  const count = Math.ceil((max - start) / step - 1e-9)
  return Array.from({ length: count + 1 }, (_, at) => Number((start + at * step).toPrecision(12)))
}

export const axisNumber = (value: number): string => {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return new Intl.NumberFormat('en', { maximumFractionDigits: digits }).format(value).replace('-', '−')
}

/** All labels of one axis with the same decimals: 1.20, 1.25, 1.30. */
export const axisNumbers = (ticks: readonly number[]): ((value: number) => string) => {
  const digits = Math.max(0, ...ticks.map((tick) => (String(tick).split('.')[1] ?? '').length))
  const format = new Intl.NumberFormat('en', {
    minimumFractionDigits: Math.min(digits, 3),
    maximumFractionDigits: Math.min(digits, 3),
  })
  return (value) => format.format(value).replace('-', '−')
}

/** British English writes Sept; a column of months wants three letters each. */
export const shortMonth = (text: string): string => text.replace('Sept', 'Sep')

const label = (at: number, options: Intl.DateTimeFormatOptions) =>
  shortMonth(new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options }).format(at))

export interface TimeTick {
  at: number
  label: string
  /** The day or the year that changes, printed stronger. */
  strong?: string
}

/** Hours below three days, days below a hundred days, months beyond; never more than `most`. */
export const timeTicks = (start: number, end: number, most: number): TimeTick[] => {
  const span = end - start
  if (span <= 3 * DAY) {
    const step = [1, 2, 3, 6, 12, 24].find((hours) => span / (hours * HOUR) <= most + 0.5) ?? 24
    const ticks: TimeTick[] = []
    for (let at = Math.ceil(start / (step * HOUR)) * step * HOUR; at <= end; at += step * HOUR)
      ticks.push({
        at,
        label: label(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
        strong:
          at % DAY === 0 || ticks.length === 0
            ? label(at, { weekday: 'short', day: 'numeric', month: 'short' }).replace(',', '')
            : undefined,
      })
    return ticks
  }
  if (span <= 100 * DAY) {
    const step = [1, 2, 5, 7, 14].find((days) => span / (days * DAY) <= most + 0.5) ?? 14
    const ticks: TimeTick[] = []
    for (let at = Math.ceil(start / DAY) * DAY; at <= end; at += step * DAY)
      ticks.push({ at, label: label(at, { day: 'numeric', month: 'short' }) })
    return ticks
  }
  const ticks: TimeTick[] = []
  const first = new Date(start)
  const months = span / (30.4 * DAY)
  const step = [1, 2, 3, 6, 12, 24, 36, 60].find((size) => months / size <= most + 0.5) ?? 60
  // Whole years begin in January.
  for (let month = step >= 12 ? 0 : first.getUTCMonth(); ; month += step) {
    const at = Date.UTC(first.getUTCFullYear(), month, 1)
    if (at > end) break
    if (at < start) continue
    ticks.push({
      at,
      label: label(at, { month: 'short' }),
      strong: new Date(at).getUTCMonth() < step ? label(at, { year: 'numeric' }) : undefined,
    })
  }
  return ticks
}

/** `Sat 14 Nov 2026, 08:00` */
export const instantLabel = (at: number, withHour = true): string =>
  label(at, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...(withHour ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } : {}),
  }).replace(',', '')
