import { isRecalled, isUnfit } from './factor-kinds'
import type { FoundFactor } from './found-factor'
import { foundFactor } from './found-factor'
import type { ReferenceTables, StoredFactor } from './reference-tables'
import { countryOf, subregionOfZone } from './zone-country'

/** g/kWh for energy that no instrument covers (Scope 2 Guidance, table 6.3, level 4). */
export interface ResidualMix extends FoundFactor {
  /** Of another time than the asked year: shown as such, never silently. */
  outdated: boolean
}

/** A vintage this many years off its use is outdated; AIB and Green-e publish each year. */
const FRESH_YEARS = 2

const rowsOf = (tables: ReferenceTables, zone: string): StoredFactor[] =>
  (tables.factorsByZone.get(zone) ?? []).filter((row) => row.kind === 'residual-mix' && !isUnfit(row.status))

/** The row closest in time, an earlier one before a later; at the same distance a confirmed one first. */
const closest = (rows: StoredFactor[], year: number): StoredFactor | null => {
  const away = (row: StoredFactor) => (row.year === null ? Number.POSITIVE_INFINITY : Math.abs(row.year - year))
  const [best] = [...rows].sort(
    (a, b) =>
      away(a) - away(b) || Number(isRecalled(a.status)) - Number(isRecalled(b.status)) || (a.year ?? 0) - (b.year ?? 0),
  )
  return best ?? null
}

/**
 * The residual mix of a zone for a calendar year. The closest row decides, also when it says that there is none (full disclosure in AT
 * and NL; not found): then null, and the market-based figure rests on the location-based intensity, flagged. An older number is never
 * taken past a newer row that has none. US zones take their eGRID subregion's, else the US average.
 */
export const residualOf = (tables: ReferenceTables, zone: string, year: number): ResidualMix | null => {
  const row = residualRowOf(tables, zone, year)
  const found = row && foundFactor(row, 3)
  if (!row || !found) return null
  const outdated = /outdated/i.test(row.status) || (row.year !== null && Math.abs(row.year - year) > FRESH_YEARS)
  return { ...found, tier: outdated ? 5 : found.tier, outdated }
}

/** The row that decides, with or without a value: its note says why there is none. */
export const residualRowOf = (tables: ReferenceTables, zone: string, year: number): StoredFactor | null => {
  const own = closest(rowsOf(tables, zone), year)
  if (own) return own
  const country = countryOf(tables, zone)
  if (country !== 'US' && !/^egrid:/i.test(zone))
    return country === null ? null : closest(rowsOf(tables, country), year)
  const subregion = subregionOfZone(tables, zone)
  const national = closest(rowsOf(tables, 'eGRID:US'), year)
  const ofCountry = rowsOf(tables, 'US').filter((row) => row.value !== null)
  // A national row with a value is an organisation's own: the shipped one only says that there are subregions.
  return (subregion && closest(rowsOf(tables, subregion), year)) || closest(ofCountry, year) || national
}
