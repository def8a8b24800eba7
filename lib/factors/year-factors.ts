import type { YearFactor } from '@/lib/accounting/facts'
import { hourlyZonesOf } from './hourly-zone'
import type { ReferenceTables, StoredFactor } from './reference-tables'
import { countryOf } from './zone-country'

export { countryOf }

type Kind = 'grid-direct-year' | 'grid-lifecycle-year'

const asYear = (stored: StoredFactor, level: 'zone' | 'country'): YearFactor[] =>
  stored.value === null || stored.year === null
    ? []
    : [{ level, year: stored.year, gPerKwh: stored.value, status: stored.status, factor: stored.factor }]

const yearsOf = (tables: ReferenceTables, zone: string, kind: Kind): StoredFactor[] =>
  (tables.factorsByZone.get(zone) ?? []).filter((row) => row.kind === kind)

/** Annual factors that may be used for a zone, its own first, newest first. A country's value never counts as a zone's own. */
export const yearFactorsOf = (tables: ReferenceTables, zone: string, kind: Kind): YearFactor[] => {
  const own = (kind === 'grid-direct-year' ? [zone] : hourlyZonesOf(tables, zone))
    .flatMap((each) => yearsOf(tables, each, kind))
    .flatMap((row) => asYear(row, row.level === 'zone' ? 'zone' : 'country'))
  const country = countryOf(tables, zone)
  const national =
    country === null || country === zone
      ? []
      : yearsOf(tables, country, kind)
          .flatMap((row) => asYear(row, 'country'))
          .filter((row) => !own.some((mine) => mine.level === 'country' && mine.year === row.year))
  const rank = (row: YearFactor) => (row.level === 'zone' ? 0 : 1)
  return [...own, ...national].sort(
    (a, b) => rank(a) - rank(b) || b.year - a.year || (a.factor.id < b.factor.id ? -1 : 1),
  )
}
