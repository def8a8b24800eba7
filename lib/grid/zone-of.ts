import { cloudRegionNamed } from '@/lib/factors/cloud-region'
import type { ReferenceTables } from '@/lib/factors/reference-tables'

export { fallbackPue } from '@/lib/factors/fallback-pue'
export { loadReferenceTables as referenceTables } from '@/lib/factors/reference-tables'
export type { ReferenceTables }

/** What a sender said of the place, in the order in which it is believed. */
export interface PlaceGiven {
  gridZone?: string | null
  cloudRegion?: string | null
  provider?: string | null
  /** ISO 3166-1, two or three letters. */
  country?: string | null
}

export interface ResolvedZone {
  zone: string
  /** How it was found, for the assumptions that the sender is told. */
  source: string
}

export const GIVEN = 'given'
export const GIVEN_UNKNOWN = 'given, unknown to the zone table'

/** As Electricity Maps writes zones: a country, and parts of it. */
const WELL_FORMED = /^[A-Z]{2}(-[A-Z0-9]+)*$/

/**
 * A subregion is the zone it lies in where both have the same annual value; else it stays itself (`eGRID:RFCW`, whose 416 g/kWh are
 * not the 270 of US-MIDA-PJM) and uses that zone's hours.
 */
const subregionZone = (tables: ReferenceTables, code: string): string | null =>
  tables.zones.get(`EGRID:${code}`)?.zone ?? tables.egridAliases.get(code) ?? null

const zoneGiven = (tables: ReferenceTables, text: string): ResolvedZone | null => {
  const id = text.trim().toUpperCase()
  const known = tables.zones.get(id)
  if (known) return { zone: known.zone, source: GIVEN }
  const country = tables.countryAliases.get(id)
  if (country) return { zone: country, source: `given as country ${id}` }
  const code = id.replace(/^EGRID:/, '')
  const subregion = subregionZone(tables, code)
  if (subregion) return { zone: subregion, source: `given as eGRID subregion ${code}` }
  return WELL_FORMED.test(id) ? { zone: id, source: GIVEN_UNKNOWN } : null
}

const zoneOfRegion = (tables: ReferenceTables, text: string, provider?: string | null): ResolvedZone | null => {
  const found = cloudRegionNamed(tables, text, provider)
  if (!found?.zone) return null
  const ownSubregion = found.egridSubregion ? tables.zones.get(`EGRID:${found.egridSubregion}`)?.zone : undefined
  return { zone: ownSubregion ?? found.zone, source: `cloud region ${found.provider} ${found.region}` }
}

const zoneOfCountry = (tables: ReferenceTables, text: string): ResolvedZone | null => {
  const code = text.trim().toUpperCase()
  const zone = tables.countryAliases.get(code)
  if (zone) return { zone, source: `country ${code}` }
  // A zone without factors is still the right place to look for hourly data that the organisation brings.
  return /^[A-Z]{2}$/.test(code) ? { zone: code, source: `country ${code}, unknown to the zone table` } : null
}

/** The grid zone of a place: the zone given, else its cloud region's, else its country's. Null where nothing fits. PURE. */
export const resolveZone = (tables: ReferenceTables, place: PlaceGiven): ResolvedZone | null => {
  if (place.gridZone) return zoneGiven(tables, place.gridZone)
  const ofRegion = place.cloudRegion ? zoneOfRegion(tables, place.cloudRegion, place.provider) : null
  return ofRegion ?? (place.country ? zoneOfCountry(tables, place.country) : null)
}
