import { DAY, HOUR, monthName } from '@/lib/units/time'

const MONTHS = 13

/** The demo's thirteen months. Its story is told in months 0 to 12 of the window, so that it is the same in every build. */
export interface Calendar {
  /** `2026-10` */
  lastMonth: string
  from: number
  /** Exclusive. */
  to: number
  /** An instant by month of the window, day of that month and UTC hour (6.5 is half past six). */
  at(month: number, day: number, hour?: number): number
  /** `2026-03`, for names. */
  monthOf(month: number): string
}

export const lastFullMonth = (now: number): string => {
  const date = new Date(now)
  return monthName(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - 1, 1))
}

/** @param lastMonth `2026-10`: the last of the thirteen */
export const calendarOf = (lastMonth: string): Calendar => {
  if (!/^20\d{2}-(0[1-9]|1[0-2])$/.test(lastMonth)) throw new Error(`"${lastMonth}" is not a month such as 2026-10.`)
  const [year, month1] = lastMonth.split('-').map(Number) as [number, number]
  const startOf = (month: number) => Date.UTC(year, month1 - MONTHS + month, 1)
  return {
    lastMonth,
    from: startOf(0),
    to: startOf(MONTHS),
    at: (month, day, hour = 0) => startOf(month) + (day - 1) * DAY + hour * HOUR,
    monthOf: (month) => monthName(startOf(month)),
  }
}
