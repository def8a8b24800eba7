import { readReferenceFiles } from './reference-files'
import { referenceRows } from './reference-rows'
import { indexReference, type ReferenceTables } from './reference-tables'

/** The shipped reference data as a process would read it from a freshly loaded database, for tests without one. */
export const shippedTables = (): ReferenceTables => {
  const rows = referenceRows(readReferenceFiles())
  return indexReference({
    zones: rows.zones.map(({ zone, name, countryIso2, timeZone }) => ({ zone, name, countryIso2, timeZone })),
    aliases: rows.aliases,
    cloudRegions: rows.cloudRegions.map((row) => ({
      provider: row.provider,
      region: row.region,
      location: row.location,
      countryIso2: row.country,
      zone: row.grid_zone_em,
      egridSubregion: row.egrid_subregion,
    })),
    factors: rows.factors.map((row) => ({ ...row, version: 1 })),
  })
}
