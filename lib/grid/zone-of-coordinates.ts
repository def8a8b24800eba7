import type { ReferenceTables } from '@/lib/factors/reference-tables'
import { type ResolvedZone, resolveZone } from './zone-of'

/**
 * ISO 3166-1 code of the country or territory at a point, from borders that ship with country-coder: nothing is asked over the
 * network. Null at sea and for impossible coordinates. CodeCarbon rounds to 0.1° (11 km), so near a border the neighbour may be named.
 */
export const countryAt = async (latitude: number, longitude: number): Promise<string | null> => {
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return null
  // Loaded at the first use: the borders are 0.6 MB that most processes never need.
  const { iso1A2Code } = await import('@rapideditor/country-coder')
  // A territory has a grid of its own: Hong Kong is not China's, Puerto Rico not the mainland's.
  return iso1A2Code([longitude, latitude], { level: 'territory' })
}

/** The zone at a point, by its country: without a state or province the country's average is all that can be told. */
export const zoneAt = async (
  tables: ReferenceTables,
  latitude: number,
  longitude: number,
): Promise<ResolvedZone | null> => {
  const country = await countryAt(latitude, longitude)
  const found = country === null ? null : resolveZone(tables, { country })
  return found && { zone: found.zone, source: `coordinates ${latitude}, ${longitude}: ${found.source}` }
}
