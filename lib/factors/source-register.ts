import { attributesOf, type FactorRow, wholeSlug } from './factor-row'
import type { HourlySourceRow } from './library-files'

/** Where hourly series can be had, and under which terms. A register: no number of it is used, and no series ships. PURE. */
export const sourceRegister = (rows: HourlySourceRow[]): FactorRow[] =>
  rows.map((row) => ({
    id: `hourly-source:${wholeSlug(row.source)}`,
    kind: 'hourly-source',
    name: row.source,
    zone: null,
    countryIso3: null,
    level: 'alternative',
    subject: row.source,
    year: null,
    value: row.rows_per_zone_year,
    profile: null,
    unit: 'rows per zone and year',
    basis: null,
    gases: null,
    source: row.repo_or_url,
    sourceUrl: null,
    licence: row.licence,
    status: row.rows_per_zone_year === null ? 'not-published' : 'register',
    note: row.note,
    attributes: attributesOf({ zones: row.zones, years: row.years, columns: row.columns, path: row.path }),
  }))
