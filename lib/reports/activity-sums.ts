import type { ActivityLine } from '@/lib/contracts/activity-lines'
import { sumKnown } from './ledger-lines'

/** What a list of activity lines sums to, in mg; null where no line has a mass. */
export interface ActivitySums {
  scope1Mg: bigint | null
  refrigerantsMg: bigint | null
  scope3Mg: bigint | null
  upstreamMg: bigint | null
  biogenicMg: bigint | null
  primaryMg: bigint | null
  /** Of the Scope 3 lines, by mass. */
  primaryShare: number | null
}

/** Exact to the milligram: kilograms of a line have six decimals. */
const milligrams = (kg: number | null): bigint | null => (kg === null ? null : BigInt(Math.round(kg * 1e6)))

/** The mass with which a line stands in a sum; null where it does not. */
export const massOfLine = (line: ActivityLine, of: '1' | '3' | 'upstream' | 'biogenic'): bigint | null => {
  if (of === 'upstream') return milligrams(line.upstream_kg)
  if (of === 'biogenic') return milligrams(line.biogenic_kg)
  return line.scope === Number(of) ? milligrams(line.kg) : null
}

/** PURE: void lines are the caller's to leave out. */
export const activitySums = (lines: readonly ActivityLine[]): ActivitySums => {
  const of = (sum: '1' | '3' | 'upstream' | 'biogenic', some = lines) =>
    sumKnown(some.map((line) => massOfLine(line, sum)))
  const scope3Mg = of('3')
  const primaryMg = of(
    '3',
    lines.filter((line) => line.primary_data),
  )
  return {
    scope1Mg: of('1'),
    refrigerantsMg: sumKnown(lines.filter(({ kind }) => kind === 'refrigerant').map(({ kg }) => milligrams(kg))),
    scope3Mg,
    upstreamMg: of('upstream'),
    biogenicMg: of('biogenic'),
    primaryMg,
    // Lines without any primary data are a share of nothing, and known to be.
    primaryShare: scope3Mg === null || scope3Mg === 0n ? null : Number(primaryMg ?? 0n) / Number(scope3Mg),
  }
}
