export interface Reconciled {
  /** What the meter shows beyond its parts. */
  unallocated: bigint
  /** What the parts claim beyond the meter: a fault to be looked into, never taken off anybody. */
  excess: bigint
}

/**
 * A whole that was metered against the parts that claim it (METHOD §1.5, §5): metered + excess = Σ parts + unallocated. 10
 * against 6 and 3 → 1 unallocated. 10 against 6 and 5 → 1 excess.
 */
export const reconcile = (metered: bigint, parts: readonly bigint[]): Reconciled => {
  const rest = parts.reduce((left, part) => left - part, metered)
  return rest >= 0n ? { unallocated: rest, excess: 0n } : { unallocated: 0n, excess: -rest }
}
