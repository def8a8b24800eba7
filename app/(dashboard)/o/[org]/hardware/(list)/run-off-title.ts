import { formatMass } from '@/lib/units/format'

/** `686 t are left to run off, the last of it by May 2031`: what the curve says. `left_mg` is today's. */
export const runOffTitle = (
  curve: readonly { at: string; book_kg: number }[],
  { today, left_mg }: { today: string; left_mg: bigint | null },
): string => {
  const figure = formatMass(left_mg)
  const end = curve.find(({ at, book_kg }) => at > today && book_kg === 0)
  if (figure === null || left_mg === 0n) return 'Nothing is left to run off'
  const left = `${figure.value}\u202f${figure.unit} are left to run off`
  if (!end) return left
  const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })
  return `${left}, the last of it by ${month.format(new Date(`${end.at}T00:00:00Z`))}`
}
