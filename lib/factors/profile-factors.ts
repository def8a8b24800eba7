import { type FactorRow, joinNotes } from './factor-row'
import type { ProfileRow } from './reference-files'

/** Typical hour × month of a zone; `value` is the mean of the year it was drawn from, for scaling. PURE. */
export const profileFactors = (profiles: ProfileRow[]): FactorRow[] =>
  profiles.map((row) => ({
    id: `grid-profile:${row.zone}`,
    kind: 'grid-profile',
    name: `Typical hour by month, direct, ${row.zone} (${row.years[0]})`,
    zone: row.zone,
    countryIso3: null,
    level: 'zone',
    year: row.years[0] ?? null,
    value: row.quality.annual_mean_g,
    profile: row.g_per_kwh,
    unit: 'g/kWh',
    basis: 'direct',
    gases: row.gas,
    source: row.source,
    sourceUrl: null,
    licence: row.licence,
    status: row.status,
    note: joinNotes(row.basis, row.caution),
  }))
