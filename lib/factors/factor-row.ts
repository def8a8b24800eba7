/** One factor as it goes into `factor` and `factor_version`. */
export interface FactorRow {
  id: string
  kind: 'grid-direct-year' | 'grid-lifecycle-year' | 'grid-profile' | 'pue'
  name: string
  zone: string | null
  countryIso3: string | null
  /** `alternative`: kept in the register and never chosen by itself (another publisher, part of a zone, supplier). */
  level: 'zone' | 'country' | 'alternative' | 'cloud-region' | 'fleet' | 'industry'
  year: number | null
  value: number | null
  profile: number[][] | null
  unit: string
  basis: 'direct' | 'lifecycle' | null
  gases: string | null
  source: string
  sourceUrl: string | null
  licence: string | null
  status: string
  note: string | null
}

/** `Hong Kong, CLP Power (2024)` → `hong-kong-clp-power`. */
export const slug = (name: string): string =>
  name
    .replace(/\(.*?\)/g, '')
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

export const joinNotes = (...notes: (string | null | undefined)[]): string | null =>
  notes.filter(Boolean).join('; ') || null
