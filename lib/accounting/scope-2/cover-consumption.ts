import { splitByWeights } from '../allocation/largest-remainder'

/** A piece of consumption that is covered as one: a workload's energy over days on which the same instruments apply. */
export interface Consumption {
  /** Facility energy whose market-based emissions are known. */
  uwh: bigint
  /** Its market-based emissions before instruments. */
  marketMg: bigint
}

/** What an instrument offers, in the order in which instruments are applied. */
export interface Offer {
  /** Null: as much as is consumed, a supplier's rate. */
  uwh: bigint | null
  gPerKwh: number
  /** Indexes of the consumption that it may cover: its market or site, the days of its vintage. */
  covers: readonly number[]
}

export interface Cover {
  offer: number
  consumption: number
  coveredUwh: bigint
  /** What the covered energy had before: its share of marketMg. */
  replacedMg: bigint
  /** Its emissions at the instrument's own rate. */
  ownMg: bigint
}

export interface CoveredConsumption {
  covers: Cover[]
  /** By offer: what nobody consumed. Null for a rate without a limit. */
  surplusUwh: (bigint | null)[]
}

/**
 * Instruments against consumption: MB = Σ E_i × EF_i + (E − Σ E_i) × EF_residual (Scope 2 Guidance, chapter 6; METHOD §3.1), in whole µWh
 * and mg. One offer after the other takes what is still uncovered, in proportion to it (largest remainder), never more than there is:
 * no kWh is covered twice, nothing nets below zero, and full coverage leaves exactly the instruments' own emissions.
 * 10 GWh at 701.47 g/kWh, 6 GWh of GO at 0 g/kWh → replaced 4,208.82 t, left 2,805.88 t (case S2-03).
 */
export const coverConsumption = (consumption: readonly Consumption[], offers: readonly Offer[]): CoveredConsumption => {
  const coveredBefore = consumption.map(() => 0n)
  const covers: Cover[] = []
  const surplusUwh = offers.map((offer, at) => {
    const left = offer.covers.map((index) => uwhOf(consumption, index) - (coveredBefore[index] as bigint))
    const wanted = left.reduce((sum, uwh) => sum + uwh, 0n)
    const taken = offer.uwh === null || offer.uwh > wanted ? wanted : offer.uwh
    // What is left is weight enough: taken is less than it.
    const shares = taken === wanted ? left : (splitByWeights(taken, left) ?? left)
    shares.forEach((coveredUwh, place) => {
      const index = offer.covers[place] as number
      const before = coveredBefore[index] as bigint
      if (coveredUwh === 0n) return
      const after = before + coveredUwh
      coveredBefore[index] = after
      covers.push({
        offer: at,
        consumption: index,
        coveredUwh,
        replacedMg:
          replacedBy(consumption[index] as Consumption, after) - replacedBy(consumption[index] as Consumption, before),
        ownMg: emissionsAtRate(coveredUwh, offer.gPerKwh),
      })
    })
    return offer.uwh === null ? null : offer.uwh - taken
  })
  return { covers, surplusUwh }
}

const uwhOf = (consumption: readonly Consumption[], index: number): bigint => {
  const one = consumption[index]
  if (one === undefined) throw new RangeError(`An offer covers consumption ${index}, which does not exist`)
  return one.uwh
}

/** The emissions of the first `covered` µWh: whole at full coverage, so that lines of several instruments add up to no more. */
const replacedBy = ({ uwh, marketMg }: Consumption, covered: bigint): bigint =>
  uwh === 0n ? 0n : (marketMg * covered) / uwh

const RATE_DECIMALS = 1_000_000

/**
 * µWh × g/kWh → mg in whole numbers, ties to even; the rate to six decimals. A month's energy may pass the integers that a double holds.
 * 6,000,000,000,000,000 µWh at 15 g/kWh → 90,000,000,000 mg.
 */
export const emissionsAtRate = (uwh: bigint, gPerKwh: number): bigint =>
  dividedHalfEven(uwh * BigInt(Math.round(gPerKwh * RATE_DECIMALS)), 1_000_000n * BigInt(RATE_DECIMALS))

const dividedHalfEven = (dividend: bigint, divisor: bigint): bigint => {
  const quotient = dividend / divisor
  const twice = (dividend % divisor) * 2n
  const up = twice > divisor || (twice === divisor && quotient % 2n !== 0n)
  return up ? quotient + 1n : quotient
}
