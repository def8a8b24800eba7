import { DAY, dayOf, HOUR } from '@/lib/units/time'
import { splitByWeights } from '../allocation/largest-remainder'

/** What an instrument delivers when: its energy over the hours of its vintage. Days as `2026-01-31`, `to` is the first day outside. */
export interface Delivery {
  uwh: bigint
  /** A typical day (24), months × hours (288), or each hour of the vintage. */
  profile: readonly number[]
  from: string
  to: string
}

/** A share to nine digits: finer than any meter. */
const WEIGHT = 1e9

const weightAt = ({ profile, from }: Delivery, at: number): number => {
  const date = new Date(at)
  if (profile.length === 24) return profile[date.getUTCHours()] as number
  if (profile.length === 288) return profile[date.getUTCMonth() * 24 + date.getUTCHours()] as number
  return profile[(at - dayOf(from)) / HOUR] as number
}

/**
 * µWh by UTC hour of the vintage, from its first hour on; they add up to the whole. The profile is a shape and is scaled to the energy:
 * 24 µWh over a day of equal hours → 1 µWh each. @throws RangeError where the profile fits neither a day, nor a year of days, nor the vintage
 */
export const deliveredHours = (delivery: Delivery): bigint[] => {
  const start = dayOf(delivery.from)
  const hours = Math.round((dayOf(delivery.to) - start) / DAY) * 24
  const { length } = delivery.profile
  if (length !== 24 && length !== 288 && length !== hours)
    throw new RangeError(`A profile of ${length} values fits no vintage of ${hours} hours`)
  const weights = Array.from({ length: hours }, (_, hour) =>
    BigInt(Math.round(weightAt(delivery, start + hour * HOUR) * WEIGHT)),
  )
  // A profile that delivers nothing in these hours delivers nothing.
  return splitByWeights(delivery.uwh, weights) ?? weights.map(() => 0n)
}
