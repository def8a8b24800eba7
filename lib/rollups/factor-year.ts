import { dayName } from '@/lib/units/time'

/** The calendar year, UTC, of an instant: [from, to). */
export const thisYear = (at: number): { from: string; to: string } => {
  const year = Number(dayName(at).slice(0, 4))
  return { from: `${year}-01-01`, to: `${year + 1}-01-01` }
}
