import { feature, iso1A2Code } from '@rapideditor/country-coder'
import { isSuggested, subregionOf } from './direct-factors'
import type { CrosswalkRow, DirectRow, ReferenceFiles } from './reference-files'

/** Comes in: the shipped rows. Goes out: the zones we know by name, and what else a sender may call them. */

export interface ZoneRow {
  zone: string
  name: string
  countryIso2: string | null
  countryIso3: string | null
  timeZone: string | null
}

export interface ZoneAliasRow {
  kind: 'country' | 'egrid'
  alias: string
  zone: string
  source: string
}

export const iso2Of = (iso3: string): string | null => iso1A2Code(iso3)
const countryOf = (code: string): { iso2: string | null; iso3: string | null; name: string | null } => {
  const known = feature(code)?.properties
  return { iso2: known?.iso1A2 ?? null, iso3: known?.iso1A3 ?? null, name: known?.nameEn ?? null }
}

export const egridZone = (subregion: string): string => `eGRID:${subregion}`

/** Where a subregion's own annual value is the zone's: hourly data of the zone and the subregion's year then belong together. */
const zoneOfSubregion = (
  code: string,
  { crosswalk, direct }: ReferenceFiles,
): { zone: string; isOwnYear: boolean } | null => {
  const overlapping = crosswalk.filter((row) => row.egrid_subregions_overlapping.includes(code))
  const sole = overlapping.find((row) => row.egrid_subregions_overlapping.length === 1)
  const suggested = overlapping.find((row) =>
    direct.some((own) => own.zone_em === row.grid_zone_em && isSuggested(own, direct) && subregionOf(own) === code),
  )
  const best = sole ?? suggested
  if (best) return { zone: best.grid_zone_em, isOwnYear: true }
  return overlapping[0] ? { zone: overlapping[0].grid_zone_em, isOwnYear: false } : null
}

const fromCrosswalk = (row: CrosswalkRow): ZoneRow => ({
  zone: row.grid_zone_em,
  name:
    row.name ??
    (row.grid_zone_em.includes('-') ? row.grid_zone_em : (countryOf(row.country_iso2).name ?? row.grid_zone_em)),
  countryIso2: row.country_iso2,
  countryIso3: row.country_iso3,
  timeZone: row.timezone,
})

const fromDirect = (row: DirectRow): ZoneRow => ({
  zone: row.zone_em,
  name: row.name.replace(/ \(.*\)$/, ''),
  countryIso2: row.iso3 === null ? null : iso2Of(row.iso3),
  countryIso3: row.iso3,
  timeZone: null,
})

/** Every zone of the crosswalk and of the factors; and the eGRID subregions whose year is not the one of any zone. */
export const zoneRows = (files: ReferenceFiles): ZoneRow[] => {
  const zones = new Map<string, ZoneRow>()
  const add = (row: ZoneRow) => zones.has(row.zone) || zones.set(row.zone, row)
  for (const row of files.crosswalk) add(fromCrosswalk(row))
  for (const row of files.direct) add(fromDirect(row))
  for (const row of files.intensity) {
    const code = row.zone.replace(/^(EM|eGRID):/, '')
    if (row.zone_type === 'country') {
      const country = countryOf(row.zone)
      if (country.iso2) {
        add({
          zone: country.iso2,
          name: country.name ?? row.name,
          countryIso2: country.iso2,
          countryIso3: row.zone,
          timeZone: null,
        })
      }
    } else if (row.zone_type === 'electricitymaps_zone') {
      const country = countryOf(code.slice(0, 2))
      add({ zone: code, name: row.name, countryIso2: country.iso2, countryIso3: country.iso3, timeZone: row.timezone })
    } else if (row.zone_type === 'egrid_subregion' && !zoneOfSubregion(code, files)?.isOwnYear) {
      add({ zone: row.zone, name: `eGRID ${code}, ${row.name}`, countryIso2: 'US', countryIso3: 'USA', timeZone: null })
    }
  }
  return [...zones.values()]
}

/** A country is its own zone where one goes by its code, else the only zone it has; with several, no guess. */
const countryAliases = (zones: ZoneRow[]): ZoneAliasRow[] => {
  const countries = new Map(
    zones.filter((row) => row.countryIso2).map((row) => [row.countryIso2 ?? '', row.countryIso3]),
  )
  return [...countries].flatMap(([iso2, iso3]) => {
    const own = zones.filter((row) => row.countryIso2 === iso2)
    const target = own.find((row) => row.zone === iso2) ?? (own.length === 1 ? own[0] : undefined)
    if (!target) return []
    const source = target.zone === iso2 ? 'ISO 3166-1, country code as zone' : 'ISO 3166-1, only zone of the country'
    return [iso2, iso3].flatMap((alias) =>
      alias ? [{ kind: 'country' as const, alias, zone: target.zone, source }] : [],
    )
  })
}

/** Codes that people write though ISO 3166-1 means something else by them, and a territory whose grid is an eGRID subregion. */
const OTHER_NAMES: ZoneAliasRow[] = [
  { kind: 'country', alias: 'UK', zone: 'GB', source: 'code reserved in ISO 3166-1 for the United Kingdom' },
  { kind: 'country', alias: 'EL', zone: 'GR', source: 'European Union style guide: Greece' },
  { kind: 'country', alias: 'PR', zone: 'eGRID:PRMS', source: 'US EPA eGRID: Puerto Rico' },
  { kind: 'country', alias: 'PRI', zone: 'eGRID:PRMS', source: 'US EPA eGRID: Puerto Rico' },
]

export const zoneAliasRows = (files: ReferenceFiles, zones: ZoneRow[]): ZoneAliasRow[] => {
  const subregions = files.intensity.filter((row) => row.zone_type === 'egrid_subregion')
  const egrid = subregions.map((row): ZoneAliasRow => {
    const code = row.zone.replace('eGRID:', '')
    const best = zoneOfSubregion(code, files)
    return {
      kind: 'egrid',
      alias: code,
      zone: best?.zone ?? row.zone,
      source: best ? 'zones_crosswalk.csv: overlap of maps, approximate' : 'no zone in zones_crosswalk.csv',
    }
  })
  return [...countryAliases(zones), ...OTHER_NAMES, ...egrid]
}
