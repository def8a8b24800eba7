import type { ReferenceTables } from './reference-tables'

/** The country whose average may stand in for a zone: as the zone table says, else by the zone id (`SE-SE4` → `SE`). */
export const countryOf = (tables: ReferenceTables, zone: string): string | null =>
  tables.zones.get(zone.toUpperCase())?.countryIso2 ?? /^([A-Z]{2})(-|$)/.exec(zone)?.[1] ?? null

/**
 * The eGRID subregion whose annual figures are a US zone's own (`US-CAL-CISO` → `eGRID:CAMX`, `US-MIDA-PJM` → `eGRID:SRVC`, whose year its
 * direct factor is), the zone itself where it is one. Null where the zone spans several: then the national figure stands in.
 */
export const subregionOfZone = (tables: ReferenceTables, zone: string): string | null => {
  if (/^egrid:/i.test(zone)) return zone
  const codes = new Set([
    ...ofItsFactor(tables, zone),
    ...[...tables.egridAliases].flatMap(([code, target]) => (target === zone ? [code] : [])),
    ...[...tables.cloudRegions.values()].flatMap((region) => (region.zone === zone ? [region.egridSubregion] : [])),
  ])
  const [code, ...more] = [...codes].filter((each) => each !== null && !tables.zones.has(`EGRID:${each}`))
  return code && more.length === 0 ? `eGRID:${code}` : null
}

/** An annual row of a US zone states its subregion in its name: `…: eGRID SRVC: N. Virginia`, `…: eGRID SRVC applied to the zone`. */
const ofItsFactor = (tables: ReferenceTables, zone: string): string[] =>
  (tables.factorsByZone.get(zone) ?? []).flatMap((row) => {
    const code = row.kind === 'grid-direct-year' && !row.isOwn && /: eGRID ([A-Z]{4})\b/.exec(row.factor.name)?.[1]
    return code ? [code] : []
  })
