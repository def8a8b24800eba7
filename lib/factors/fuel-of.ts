import type { FactorKind, GwpSet } from './factor-kinds'
import { verifiedFirst } from './factor-kinds'
import { wholeSlug } from './factor-row'
import { type FoundFactor, foundFactor } from './found-factor'
import type { ReferenceTables, StoredFactor } from './reference-tables'

/** A fuel's or refrigerant's factor, gas by gas where the source has it (kg CO2e of each gas per unit, as published). */
export interface FuelFactor extends FoundFactor {
  subject: string
  gwpSet: GwpSet | null
  gasesKg: Record<string, number> | null
}

const asFuel = (row: StoredFactor): FuelFactor | null => {
  const found = foundFactor(row, 3)
  return found && { ...found, subject: row.subject ?? row.factor.name, gwpSet: row.gwpSet, gasesKg: row.gasesKg }
}

/** What a factor is per: `kg/l` → `l`, `kg/kWh gross` → `kWh gross`. */
const perOf = (row: StoredFactor): string => row.unit.split('/')[1] ?? ''

const idWord = (row: StoredFactor): string => row.factor.id.split(':')[1] ?? ''

const named = (tables: ReferenceTables, kind: FactorKind, name: string, per: string | null): FuelFactor | null => {
  const byId = tables.factors.get(name)
  if (byId?.kind === kind) return asFuel(byId)
  const rows = (tables.factorsByKind.get(kind) ?? []).filter(
    (row) =>
      row.level !== 'alternative' &&
      (per === null || perOf(row).toLowerCase() === per.toLowerCase()) &&
      (row.subject?.toLowerCase() === name.toLowerCase() || idWord(row) === wholeSlug(name)),
  )
  // Per litre or per kWh are different numbers: without a unit only a fuel that has one.
  const fit = verifiedFirst(rows)
  const own = fit.find((row) => row.isOwn)
  const units = new Set(fit.map(perOf))
  const row = own ?? (units.size === 1 ? fit[0] : undefined)
  return row ? asFuel(row) : null
}

/** Scope 1 of a fuel, kg CO2e per unit: `diesel-mineral`, `Natural gas` with `kWh gross`, or a factor id. PURE. */
export const fuelOf = (tables: ReferenceTables, name: string, per: string | null = null): FuelFactor | null =>
  named(tables, 'fuel', name, per)

/** Well-to-tank of a fuel, kg CO2e per unit (category 3a): of the same name and unit as its Scope 1 factor. */
export const fuelUpstreamOf = (tables: ReferenceTables, name: string, per: string | null = null): FuelFactor | null =>
  named(tables, 'fuel-upstream', name.replace(/^fuel:/, 'fuel-wtt:'), per)
