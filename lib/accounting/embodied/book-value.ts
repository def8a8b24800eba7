import { type KilogramsCO2e, scale, subtract } from '@/lib/units/quantity'

/** A life of a device or of a batch of them. Instants are milliseconds UTC, half-open. */
export interface Life {
  inServiceAt: number
  lifeHours: number
  /** First instant at which it no longer serves; null: still in service. */
  retiredAt: number | null
}

const HOUR = 3_600_000

/** Share of its life that has passed, 0 … 1: t ÷ EL, from its first hour of service on. */
const passed = ({ inServiceAt, lifeHours, retiredAt }: Life, at: number): number => {
  if (!(lifeHours > 0)) throw new RangeError(`A life is longer than 0 h, got ${lifeHours}`)
  const until = retiredAt === null ? at : Math.min(at, retiredAt)
  return Math.min(1, Math.max(0, (until - inServiceAt) / HOUR / lifeHours))
}

/**
 * What is left to run off: TE × (1 − t ÷ EL), kg, straight line by hours, never below 0 (METHOD §4). At retirement it is
 * what goes with the asset to its second life. 164 kg after one of four years → 123 kg.
 */
export const bookValue = (embodied: KilogramsCO2e, life: Life, at: number): KilogramsCO2e =>
  scale(embodied, 1 - passed(life, at))

/**
 * What ran off in [from, to): the difference of two book values, so that periods re-add to the whole. @throws RangeError
 * when to < from
 */
export const runOff = (embodied: KilogramsCO2e, life: Life, from: number, to: number): KilogramsCO2e => {
  if (to < from) throw new RangeError('A period ends after it begins')
  return subtract(bookValue(embodied, life, from), bookValue(embodied, life, to))
}
