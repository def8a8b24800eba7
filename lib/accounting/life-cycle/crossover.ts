import { type KilogramsCO2e, value } from '@/lib/units/quantity'

/** Inference of one UTC day. */
export interface InferenceDay {
  /** `2026-03-01` */
  day: string
  /** null: a gap. */
  inference: KilogramsCO2e | null
}

export interface Crossover {
  /** First day on which inference to date has emitted as much as training; null: not yet. */
  day: string | null
  /** A gap before it: the true day may be earlier. */
  incomplete: boolean
}

/** The day on which Σ inference ≥ training, kg; days in order. 100 kg of training, 40 kg a day → the third day. */
export const crossoverDay = (training: KilogramsCO2e, days: readonly InferenceDay[]): Crossover => {
  let served = 0
  let incomplete = false
  for (const { day, inference } of days) {
    if (inference === null) incomplete = true
    else served += value(inference)
    if (served >= value(training) && served > 0) return { day, incomplete }
  }
  return { day: null, incomplete }
}
