import { type FactorRow, joinNotes, slug } from './factor-row'
import type { IntensityRow } from './reference-files'

/** Life-cycle annual averages: screening figures and upstream, never Scope 2. PURE. */
export const lifecycleFactors = (intensity: IntensityRow[], iso2Of: (iso3: string) => string | null): FactorRow[] =>
  intensity
    .filter((row) => !row.zone_type.startsWith('egrid'))
    .map((row) => {
      const isZone = row.zone_type === 'electricitymaps_zone'
      const isCountry = row.zone_type === 'country'
      const zone = isZone ? row.zone.replace('EM:', '') : isCountry ? iso2Of(row.zone) : row.zone === 'EU' ? 'EU' : null
      return {
        id: `grid-lifecycle:${zone ?? slug(row.zone)}:${row.year}:${isZone ? 'electricity-maps' : 'ember'}`,
        kind: 'grid-lifecycle-year',
        name: `Grid, life-cycle annual average, ${zone ?? row.zone} ${row.year}: ${row.name}`,
        zone,
        countryIso3: isCountry ? row.zone : null,
        level: isZone ? 'zone' : zone ? 'country' : 'alternative',
        year: row.year,
        value: row.gco2e_per_kwh,
        profile: null,
        unit: 'g/kWh',
        basis: 'lifecycle',
        gases: row.gases,
        source: row.source,
        sourceUrl: row.source_url,
        licence: row.licence,
        status: row.status,
        note: joinNotes(row.basis, row.scope2_use),
      }
    })
