import type { StatementCell } from './scope-table'
import { sharesPerMille } from './shares'

/** `A 12 · C 48 · D 40`: share of the mass by grade, whole percent that sum to 100 (largest remainder over tiers). */
export const gradeMix = (cell: StatementCell): { grade: 'A' | 'B' | 'C' | 'D'; mg: bigint; perMille: number }[] => {
  const [one, two, three, four, five] = cell.tiersMg
  const grades = [
    { grade: 'A' as const, mg: one },
    { grade: 'B' as const, mg: two },
    { grade: 'C' as const, mg: three + four },
    { grade: 'D' as const, mg: five },
  ]
  const shares = sharesPerMille(grades.map(({ mg }) => mg))
  return grades.map((grade, at) => ({ ...grade, perMille: shares[at] ?? 0 })).filter(({ mg }) => mg > 0n)
}

export const gradeMixText = (cell: StatementCell): string =>
  gradeMix(cell)
    .map(({ grade, perMille }) => `${grade} ${(perMille / 10).toFixed(1)}`)
    .join(' · ')
