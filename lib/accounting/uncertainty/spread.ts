/** One cause of uncertainty in a total: the part of the total that rests on it, and how well it is known. */
export interface Contribution<Amount extends number | bigint> {
  /** energy, overhead, intensity, embodied …: what is uncertain. */
  source: string
  /** What errs together: a workload's meter, a site's overhead, a zone's intensity. */
  group: string
  amount: Amount
  /** Half-width of the 95 % interval as a share of the amount. */
  u95: number
}

/** How much of the total's variance one (source, group) is answerable for. */
export interface VarianceShare {
  source: string
  group: string
  /** Half-width, in the unit of the total. */
  half: number
  /** Share of the variance, 0 … 1; null where nothing is uncertain. */
  share: number | null
}

export interface Spread {
  /** Half-width of the total's 95 % interval, in its unit. */
  half: number
  /** Largest first. */
  shares: VarianceShare[]
}

/**
 * Half-width of a total, in its unit: within one (source, group) the parts err together and are added, Hᵍ = |Σ xᵢ Uᵢ|;
 * groups are independent, H = √(Σ Hᵍ²) (METHOD §9; IPCC 2006, vol. 1, ch. 3, eq. 3.2). Share of the variance: Hᵍ² ÷ H².
 * Intensity of one zone, 100 and 50 at ±10 % → 15; the energy of each, ±5 % → 5 and 2.5; together √(15² + 5² + 2.5²) =
 * 16.01.
 */
export const spreadOf = (contributions: readonly Contribution<number | bigint>[]): Spread => {
  const groups = new Map<string, { source: string; group: string; half: number }>()
  for (const { source, group, amount, u95 } of contributions) {
    if (!(Number.isFinite(u95) && u95 >= 0)) throw new RangeError(`A half-width must be a share from 0 on, got ${u95}`)
    const key = JSON.stringify([source, group])
    const before = groups.get(key) ?? { source, group, half: 0 }
    groups.set(key, { ...before, half: before.half + Number(amount) * u95 })
  }
  const halves = [...groups.values()].map((each) => ({ ...each, half: Math.abs(each.half) }))
  const half = Math.hypot(...halves.map((each) => each.half))
  const shares = halves.map((each) => ({ ...each, share: half === 0 ? null : (each.half / half) ** 2 }))
  return { half, shares: shares.sort((one, other) => other.half - one.half || order(one, other)) }
}

const order = (one: VarianceShare, other: VarianceShare): number => {
  const [left, right] = [`${one.source} ${one.group}`, `${other.source} ${other.group}`]
  return left < right ? -1 : left > right ? 1 : 0
}
