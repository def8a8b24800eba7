import { changeOf } from '@/lib/accounting/comparisons/before-after'
import { annualTargetPercent } from '@/lib/accounting/comparisons/esrs'
import type { Settings } from '@/lib/contracts/settings'
import { kilogramsCO2e } from '@/lib/units/quantity'
import type { StatementRow } from './scope-table'

/** The other columns of AR 48: base year, the year before, how N differs from it, and the target. */

export interface RowComparison {
  /** null: the ledger holds no figure of that year for the row. */
  baseMg: bigint | null
  beforeMg: bigint | null
  /** N ÷ N−1 − 1 as a share; null without either. */
  change: number | null
}

export interface Comparatives {
  baseYear: number | null
  /** Whether the ledger holds hours of the base year. */
  isBaseKnown: boolean
  beforeYear: number
  isBeforeKnown: boolean
  /** First day of the year before that the ledger holds, where that is not its first. */
  beforeFrom: string | null
  rows: Record<string, RowComparison>
  /** Of a total's rows; null where no target is set. */
  target: { year: number; reduction: number; rows: Record<string, { mg: bigint; annualPercent: number | null }> } | null
}

const mgOf = (rows: StatementRow[] | null, code: string): bigint | null =>
  rows?.find((row) => row.code === code)?.cell?.mg ?? null
const kilograms = (mg: bigint | null) => (mg === null ? null : kilogramsCO2e(Number(mg) / 1e6))
const TARGETED = ['total-lb', 'total-mb']

export const comparativesOf = (
  year: number,
  rows: StatementRow[],
  {
    before,
    base,
    beforeFrom,
  }: { before: StatementRow[] | null; base: StatementRow[] | null; beforeFrom: string | null },
  { base_year, target_year, target_reduction }: Pick<Settings, 'base_year' | 'target_year' | 'target_reduction'>,
): Comparatives => {
  const compared = rows.flatMap(({ code, cell }): [string, RowComparison][] => {
    if (cell === null) return []
    const beforeMg = mgOf(before, code)
    return [
      [
        code,
        { baseMg: mgOf(base, code), beforeMg, change: changeOf(kilograms(beforeMg), kilograms(cell.mg)).relative },
      ],
    ]
  })
  const targets =
    base_year === null || target_year === null || target_reduction === null
      ? null
      : TARGETED.flatMap((code): [string, { mg: bigint; annualPercent: number | null }][] => {
          const baseMg = mgOf(base, code)
          if (baseMg === null) return []
          // Per mille of per mille: a reduction has no more digits than people give it.
          const mg = (baseMg * BigInt(Math.round((1 - target_reduction) * 1e6))) / 1_000_000n
          const aim = { year: target_year, emissions: kilogramsCO2e(Number(mg) / 1e6) }
          return [
            [
              code,
              {
                mg,
                annualPercent: annualTargetPercent(
                  { year: base_year, emissions: kilogramsCO2e(Number(baseMg) / 1e6) },
                  aim,
                ),
              },
            ],
          ]
        })
  return {
    baseYear: base_year,
    isBaseKnown: base !== null,
    beforeYear: year - 1,
    isBeforeKnown: before !== null,
    beforeFrom: beforeFrom === null || beforeFrom <= `${year - 1}-01-01` ? null : beforeFrom,
    rows: Object.fromEntries(compared),
    target:
      targets === null || target_year === null || target_reduction === null
        ? null
        : { year: target_year, reduction: target_reduction, rows: Object.fromEntries(targets) },
  }
}

/** `rose by 8.5 % on 2025`, `is 3.7 times that of 2025`. */
export const changeSentence = (change: number | null, year: number): string | null => {
  if (change === null) return null
  if (change > 2) return `is ${(change + 1).toFixed(1)} times that of ${year}`
  const size = `${Math.abs(change * 100).toFixed(1)}\u202f%`
  return change > 0 ? `rose by ${size} on ${year}` : change < 0 ? `fell by ${size} on ${year}` : `is that of ${year}`
}

/** `+8.5 %`, `×3.1` above +200 %, and never a percentage of a base of 0. */
export const changeText = (change: number | null): string | null => {
  if (change === null) return null
  if (change > 2) return `×${(change + 1).toFixed(1)}`
  const size = Math.abs(change * 100).toFixed(1)
  return `${change > 0 && size !== '0.0' ? '+' : change < 0 && size !== '0.0' ? '−' : ''}${size}\u202f%`
}
