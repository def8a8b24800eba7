import type { ActivityFactor, ActivityKind } from '@/lib/contracts/activity-lines'
import { appPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { type FactorKind, isUnfit, u95Of } from '@/lib/factors/factor-kinds'
import { fuelUpstreamOf } from '@/lib/factors/fuel-of'
import { gwpOf } from '@/lib/factors/gwp-of'
import { organizationTables } from '@/lib/factors/organization-tables'
import type { ReferenceTables, StoredFactor } from '@/lib/factors/reference-tables'
import { massPerOf, unitsLike } from '@/lib/units/amounts'
import { settingsOfSql } from './settings'

/** Which factors of the library a kind of line may be multiplied by. An organisation's own may always be, where its unit is a mass. */
const FACTOR_KINDS: Record<ActivityKind, readonly FactorKind[]> = {
  fuel: ['fuel'],
  refrigerant: ['gwp'],
  purchase: ['embodied', 'embodied-part', 'coefficient'],
  waste: ['end-of-life'],
  water: ['water-supply'],
  cloud_statement: ['coefficient'],
  sold_product: ['coefficient'],
  other: ['fuel', 'fuel-upstream', 'gwp', 'water-supply', 'embodied', 'embodied-part', 'end-of-life', 'coefficient'],
}

export type GwpChoice = 'AR5' | 'AR6'

/** A factor as a line is multiplied by it. */
export interface LineFactor {
  row: StoredFactor
  kgPerUnit: number
  /** What it is per. */
  per: string
  gasesKg: Readonly<Record<string, number>> | null
  u95: number | null
}

const lineFactorOf = (row: StoredFactor): LineFactor | null => {
  const unit = massPerOf(row.unit)
  if (row.value === null || unit === null || isUnfit(row.status)) return null
  return {
    row,
    kgPerUnit: row.value * unit.kg,
    per: unit.per,
    // A gas of its own is all of its mass.
    gasesKg: row.kind === 'gwp' ? { [row.subject ?? row.factor.name]: row.value * unit.kg } : row.gasesKg,
    u95: u95Of(row).u95,
  }
}

const mayMultiply = (kind: ActivityKind, row: StoredFactor): boolean =>
  row.isOwn || FACTOR_KINDS[kind].includes(row.kind)

/** A refrigerant follows the set of warming potentials in force; everything else is as published. */
const inSet = (tables: ReferenceTables, row: StoredFactor, set: GwpChoice): StoredFactor => {
  if (row.kind !== 'gwp' || row.gwpSet === set || row.subject === null || row.isOwn) return row
  const other = gwpOf(tables, row.subject, set)
  return (other && tables.factors.get(other.factor.id)) ?? row
}

/** The factor that a line names, in the set of warming potentials in force; null where it is none that the kind may use. PURE. */
export const lineFactor = (
  tables: ReferenceTables,
  kind: ActivityKind,
  factorId: string,
  set: GwpChoice,
): LineFactor | null => {
  const row = tables.factors.get(factorId)
  return row && mayMultiply(kind, row) ? lineFactorOf(inSet(tables, row, set)) : null
}

/** Well-to-tank of the same fuel in the same unit: Scope 3 category 3 a. Null where the library has none: unknown. */
export const upstreamFactor = (tables: ReferenceTables, factor: LineFactor): LineFactor | null => {
  if (factor.row.kind !== 'fuel') return null
  const found = fuelUpstreamOf(tables, factor.row.factor.id, factor.per)
  const row = found && tables.factors.get(found.factor.id)
  return row ? lineFactorOf(row) : null
}

const listed = (tables: ReferenceTables, kind: ActivityKind, set: GwpChoice): ActivityFactor[] =>
  // What overrides a factor stands under both ids.
  [...new Set(tables.factors.values())].flatMap((row) => {
    if (!mayMultiply(kind, row)) return []
    if (row.kind === 'gwp' && !row.isOwn && row.gwpSet !== set) return []
    const factor = lineFactorOf(row)
    return factor === null
      ? []
      : [
          {
            factor_id: row.factor.id,
            kind: row.kind,
            name: row.kind === 'gwp' ? (row.subject ?? row.factor.name) : row.factor.name,
            value: factor.kgPerUnit,
            unit: `kg/${factor.per}`,
            units: unitsLike(factor.per),
            status: row.status,
            gwp_set: row.gwpSet,
            source: row.factor.source,
          },
        ]
  })

const byName = (a: ActivityFactor, b: ActivityFactor): number =>
  Number(a.status.startsWith('recalled')) - Number(b.status.startsWith('recalled')) || (a.name < b.name ? -1 : 1)

/** GET /api/v1/activity-lines/factors: what a line of a kind can be multiplied by, confirmed ones first. */
export const activityFactors = (orgId: string, kind: ActivityKind): Promise<ActivityFactor[]> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const { gwp_set: set } = await settingsOfSql(tx, orgId)
    return listed(await organizationTables(tx, orgId), kind, set).sort(byName)
  })
