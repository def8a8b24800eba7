import { threeFigures } from '@/lib/units/format'

/** `1,084 t are left to run off, the last of it by May 2031`: what the curve says. */
export const runOffTitle = (curve: readonly { at: string; book_kg: number }[], today: string): string => {
  const now = curve.findLast(({ at }) => at <= today)
  const end = curve.find(({ at, book_kg }) => at > today && book_kg === 0)
  if (!now || now.book_kg === 0) return 'All that was bought has run off'
  const left = `${threeFigures(now.book_kg / 1000)} t are left to run off`
  if (!end) return left
  const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })
  return `${left}, the last of it by ${month.format(new Date(`${end.at}T00:00:00Z`))}`
}
