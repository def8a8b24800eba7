/** Instants are milliseconds since 1970-01-01T00:00:00Z; hours and days are UTC, half-open, named by their start. */
export const SECOND = 1000
export const HOUR = 3_600_000
export const DAY = 86_400_000

export const hourStart = (at: number): number => Math.floor(at / HOUR) * HOUR
export const dayStart = (at: number): number => Math.floor(at / DAY) * DAY

/** `2023-07-01`: the name of a UTC day. */
export const dayName = (at: number): string => new Date(at).toISOString().slice(0, 10)
export const dayOf = (name: string): number => Date.parse(`${name}T00:00:00Z`)
/** `2023-07`: the name of a UTC month. */
export const monthName = (at: number): string => new Date(at).toISOString().slice(0, 7)
export const isoInstant = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z')

export const hoursInMonth = (year: number, month1: number): number =>
  (Date.UTC(year, month1, 1) - Date.UTC(year, month1 - 1, 1)) / HOUR

/** Month of an instant and the index of its hour inside that month (0 … 743). */
export const monthHour = (at: number): { month: string; index: number } => {
  const month = monthName(at)
  return { month, index: Math.floor((at - Date.parse(`${month}-01T00:00:00Z`)) / HOUR) }
}

/** Days touched by the half-open interval [start, end); one day when it is empty. */
export const daysBetween = (start: number, end: number): number[] => {
  const days: number[] = []
  for (let day = dayStart(start); day < Math.max(end, start + 1); day += DAY) days.push(day)
  return days
}
