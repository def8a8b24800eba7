import type { ReferenceTables } from './reference-tables'

const EGRID = /^eGRID:(.+)$/i

/**
 * Zones whose hourly data and profile a zone may use, its own first. A subregion that is a zone of its own (`eGRID:RFCW`) has an
 * annual value of its own, and the hours of the zone it lies in.
 */
export const hourlyZonesOf = (tables: ReferenceTables, zone: string): string[] => {
  const subregion = EGRID.exec(zone)?.[1]
  const parent = subregion ? tables.egridAliases.get(subregion.toUpperCase()) : undefined
  return parent && parent !== zone ? [zone, parent] : [zone]
}

/** The zones that a change of one zone's hours concerns: itself, and the subregions that use its hours. */
export const zonesUsing = (tables: ReferenceTables, zone: string): string[] => {
  const subregions = [...tables.egridAliases].filter(([, target]) => target === zone).map(([code]) => `eGRID:${code}`)
  return [zone, ...subregions.filter((id) => id !== zone && tables.zones.has(id.toUpperCase()))]
}
