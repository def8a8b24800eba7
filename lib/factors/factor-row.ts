import type { FactorBasis, FactorKind, GwpSet } from './factor-kinds'

/** Numbers, words and flags of the same row, each with its unit in its name: `{"tdp_w": 700}`. A blank is left out. */
export type Attributes = Record<string, number | string | boolean>

/** Gas by gas as published: kg CO2e of each gas per unit of the factor. */
export type GasesKg = Record<string, number>

/** `alternative`: kept in the register and never chosen by itself (another publisher, part of a zone, supplier). */
export type FactorLevel = 'zone' | 'country' | 'world' | 'alternative' | 'cloud-region' | 'fleet' | 'industry' | 'item'

/** One factor as it goes into `factor` and `factor_version`. What few kinds have may be left out: unknown, null in the table. */
export interface FactorRow {
  id: string
  kind: FactorKind
  name: string
  zone: string | null
  countryIso3: string | null
  level: FactorLevel
  /** What it is of, within its kind. */
  subject?: string | null
  year: number | null
  value: number | null
  profile: number[][] | null
  unit: string
  basis: FactorBasis | null
  gases: string | null
  source: string
  sourceUrl: string | null
  licence: string | null
  status: string
  note: string | null
  /** `2025-01-01`; validTo is the first day outside. Left out where it is the calendar year that `year` says. */
  validFrom?: string | null
  validTo?: string | null
  gwpSet?: GwpSet | null
  /** As the source states it. Where it states none, ours is added when it is read (factor-kinds: u95Of). */
  u95?: number | null
  gasesKg?: GasesKg | null
  attributes?: Attributes | null
}

/** `Hong Kong, CLP Power (2024)` → `hong-kong-clp-power`. */
export const slug = (name: string): string => wholeSlug(name.replace(/\(.*?\)/g, ''))

/** As slug, with what stands in brackets: `DRAM (CCF)` → `dram-ccf`. */
export const wholeSlug = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

export const joinNotes = (...notes: (string | null | undefined)[]): string | null =>
  notes.filter(Boolean).join('; ') || null

/** The calendar year as validity; half-open. */
export const validityOf = (year: number | null): { validFrom: string | null; validTo: string | null } =>
  year === null ? { validFrom: null, validTo: null } : { validFrom: `${year}-01-01`, validTo: `${year + 1}-01-01` }

/** Leaves out what is unknown; null where nothing is known. */
export const attributesOf = (cells: Record<string, number | string | boolean | null>): Attributes | null => {
  const known = Object.entries(cells).filter((cell): cell is [string, number | string | boolean] => cell[1] !== null)
  return known.length > 0 ? Object.fromEntries(known) : null
}

/** kg → g without the noise of a binary fraction: 0.0459 → 45.9. */
export const kgToG = (kg: number): number => Number((kg * 1000).toPrecision(12))
