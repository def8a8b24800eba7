import { splitByWeights } from './largest-remainder'

/** What is left of the pool's idle energy where a rule has nobody to give it to is a line of its own. */
export interface IdleSplit {
  parts: bigint[]
  unallocated: bigint
}

const orUnallocated = (idle: bigint, weights: readonly bigint[]): IdleSplit => {
  const parts = splitByWeights(idle, weights)
  return parts === null ? { parts: weights.map(() => 0n), unallocated: idle } : { parts, unallocated: 0n }
}

/**
 * Idle of *reserved* capacity goes to who reserved it, always: idleᵢ = E_idle × reservedᵢ ÷ Σ reserved (METHOD §5.2). In
 * the ledger's integers (µWh; reserved ms or device-hours). 30 kWh for 60 and 40 reserved GPU-hours → 18 and 12 kWh (case
 * EN-04).
 */
export const idleOfReserved = (idle: bigint, reserved: readonly bigint[]): IdleSplit => orUnallocated(idle, reserved)

export type PoolIdleRule = 'unallocated' | 'consumed' | 'reserved'

/**
 * Idle of an unreserved pool (METHOD §5.3): a line of its own, or to its users by what they consumed, or by what they had
 * reserved at the peak. Σ parts + unallocated = idle, to the last unit.
 */
export const idleOfPool = (
  idle: bigint,
  users: readonly { consumed: bigint; reserved: bigint }[],
  rule: PoolIdleRule,
): IdleSplit => {
  if (rule === 'unallocated') return { parts: users.map(() => 0n), unallocated: idle }
  return orUnallocated(
    idle,
    users.map((user) => user[rule]),
  )
}
