import { roundHalfEven } from '@/lib/units/round'
import { splitByWeights } from '../allocation/largest-remainder'

/** kg CO2e of one unit, and of each gas in it where the source tells them apart. */
export interface UnitMass {
  kgPerUnit: number
  gasesKg: Readonly<Record<string, number>> | null
}

export interface ActivityMass {
  mg: bigint
  /** By gas, in mg CO2e; they add up to `mg`. */
  gasesMg: Record<string, bigint> | null
}

const MG_PER_KG = 1e6
/** A gas's share of a factor, to the milligram per unit and finer. */
const WEIGHT = 1e9

/**
 * kg → mg CO2e, rounded half-even once: 29,838.57067 kg → 29,838,570,670 mg.
 * @throws RangeError below zero: an activity emits, a removal is no part of an inventory's gross figures (ESRS E1 §56)
 */
export const statedMassOf = (kg: number): bigint => {
  if (!(kg >= 0) || !Number.isFinite(kg)) throw new RangeError(`A stated mass starts at 0, got ${kg}`)
  return BigInt(roundHalfEven(kg * MG_PER_KG))
}

/**
 * EM = activity × factor (GHG Protocol Corporate Standard, ch. 6; METHOD §7), in mg, rounded half-even once. 10,000 l of
 * diesel at 2.66155 kg/l → 26,615,500,000 mg = 26.6155 t (case S1-01); 12 kg of R-410A at GWP 2,255.5 → 27.066 t (S1-02).
 * @throws RangeError below zero
 */
export const activityMassOf = (units: number, { kgPerUnit, gasesKg }: UnitMass): ActivityMass => {
  if (!(units >= 0)) throw new RangeError(`A quantity starts at 0, got ${units}`)
  const mg = statedMassOf(units * kgPerUnit)
  if (gasesKg === null) return { mg, gasesMg: null }
  const gases = Object.entries(gasesKg)
  const parts = splitByWeights(
    mg,
    gases.map(([, kg]) => BigInt(Math.round(kg * WEIGHT))),
  )
  return {
    mg,
    gasesMg: parts === null ? null : Object.fromEntries(gases.map(([gas], at) => [gas, parts[at] as bigint])),
  }
}
