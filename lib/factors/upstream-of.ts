import { verifiedFirst } from './factor-kinds'
import { type FoundFactor, foundFactor } from './found-factor'
import type { ReferenceTables, StoredFactor } from './reference-tables'
import { countryOf } from './zone-country'

/**
 * Well-to-tank of the fuels burnt for a zone's electricity, g per kWh delivered (category 3b): the published figure of the zone or its
 * country that is closest in time, an organisation's own first. Else null: life cycle less direct is the difference of two publishers'
 * averages and no upstream figure.
 */
export const upstreamOf = (tables: ReferenceTables, zone: string, year: number): FoundFactor | null => {
  for (const place of [zone, countryOf(tables, zone)]) {
    const rows = (place === null ? [] : (tables.factorsByZone.get(place) ?? [])).filter(
      (row) => row.kind === 'grid-upstream' && row.value !== null,
    )
    const row = verifiedFirst([...rows].sort((a, b) => rank(a) - rank(b) || away(a, year) - away(b, year)))[0]
    const found = row && foundFactor(row, row.level === 'zone' ? 4 : 5)
    if (found) return found
  }
  return null
}

const rank = (row: StoredFactor): number => (row.isOwn ? 0 : 1)
const away = (row: StoredFactor, year: number): number => (row.year === null ? 100 : Math.abs(row.year - year))
