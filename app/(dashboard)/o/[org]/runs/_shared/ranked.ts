import type { RankedBar } from '@/components/charts/ranked-bars'
import type { NamedTotals } from '@/lib/rollups/totals'
import { formatPercent, type MassUnit } from '@/lib/units/format'
import { massIn, massUnitOf, ratioOf, sumOf } from './amounts'

export interface RankedView {
  bars: RankedBar[]
  unit: MassUnit
  title: string
}

/** Totals by name → ranked bars with shares that add up: the largest, the rest as one, and what has no name. */
export const rankedView = (
  rows: NamedTotals[],
  { most, hrefOf, what }: { most: number; hrefOf: (name: string) => string; what: { one: string; many: string } },
): RankedView => {
  const whole = sumOf(rows.map((row) => row.location_mg))
  const unit = massUnitOf(rows.map((row) => row.location_mg))
  const share = (mg: bigint | null) => formatPercent(ratioOf(mg, whole)) ?? undefined
  const namedRows = rows.filter((row) => row.name !== null)
  const shown = namedRows.length <= most + 1 ? namedRows : namedRows.slice(0, most)
  const rest = namedRows.slice(shown.length)
  const bars: RankedBar[] = shown.map((row) => ({
    id: row.name as string,
    label: row.name as string,
    href: hrefOf(row.name as string),
    value: massIn(row.location_mg, unit),
    note: share(row.location_mg),
  }))
  if (rest.length > 0) {
    const mg = sumOf(rest.map((row) => row.location_mg))
    bars.push({ id: '·rest', label: `${rest.length} others`, value: massIn(mg, unit), note: share(mg) })
  }
  for (const row of rows.filter((one) => one.name === null)) {
    bars.push({
      id: '·unassigned',
      label: 'Unassigned',
      href: hrefOf('unassigned'),
      value: massIn(row.location_mg, unit),
      note: share(row.location_mg),
    })
  }
  return { bars, unit, title: titleOf(namedRows, whole, what) }
}

const titleOf = (rows: NamedTotals[], whole: bigint | null, what: { one: string; many: string }): string => {
  const known = rows.filter((row) => row.location_mg !== null && row.location_mg > 0n)
  const [first, second] = known
  const top = first && ratioOf(first.location_mg, whole)
  if (!first || !top) return whole ? `No ${what.one} claims this energy` : `No ${what.one} has a figure`
  if (!second) return `${first.name} is the only ${what.one} with a figure`
  const two = top + (ratioOf(second.location_mg, whole) ?? 0)
  return known.length === 2
    ? `${first.name} makes ${formatPercent(top)} of the total`
    : `${first.name} makes ${formatPercent(top)} of the total; two ${what.many} make ${formatPercent(two)}`
}
