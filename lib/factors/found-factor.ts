import type { FactorReference, Tier } from '@/lib/accounting/facts'
import { isRecalled, u95Of } from './factor-kinds'
import type { StoredFactor } from './reference-tables'

/** A factor that a look-up chose, with what must be shown beside its value. */
export interface FoundFactor {
  /** In `unit`. */
  value: number
  unit: string
  /** 1 best … 5 weakest. */
  tier: Tier
  year: number | null
  status: string
  /** Not confirmed at its publisher; no verified one is known. */
  isRecalled: boolean
  /** Half-width of the 95 % interval as a share; ours where the source states none. */
  u95: number | null
  u95IsOurs: boolean
  factor: FactorReference
}

/** Null where the row has no value: it says that none is known. PURE. */
export const foundFactor = (row: StoredFactor, tier: Tier): FoundFactor | null => {
  if (row.value === null) return null
  const { u95, isOurs } = u95Of(row)
  return {
    value: row.value,
    unit: row.unit,
    tier: isRecalled(row.status) ? 5 : tier,
    year: row.year,
    status: row.status,
    isRecalled: isRecalled(row.status),
    u95,
    u95IsOurs: isOurs,
    factor: row.factor,
  }
}
