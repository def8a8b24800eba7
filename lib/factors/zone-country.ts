import type { ReferenceTables } from './reference-tables'

/** The country whose average may stand in for a zone: as the zone table says, else by the zone id (`SE-SE4` → `SE`). */
export const countryOf = (tables: ReferenceTables, zone: string): string | null =>
  tables.zones.get(zone.toUpperCase())?.countryIso2 ?? /^([A-Z]{2})(-|$)/.exec(zone)?.[1] ?? null

/**
 * The eGRID subregion whose annual figures are a US zone's own (`US-CAL-CISO` → `eGRID:CAMX`), the zone itself where it is one. Null
 * where the zone spans several: then the national figure stands in.
 */
export const subregionOfZone = (tables: ReferenceTables, zone: string): string | null => {
  if (/^egrid:/i.test(zone)) return zone
  const codes = [...tables.egridAliases]
    .filter(([code, target]) => target === zone && !tables.zones.has(`EGRID:${code}`))
    .map(([code]) => code)
  return codes.length === 1 ? `eGRID:${codes[0]}` : null
}
