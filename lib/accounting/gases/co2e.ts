import { type KilogramsCO2e, kilogramsCO2e, type Share, value } from '@/lib/units/quantity'
import { type Gas, GWP100, type GwpSet } from './gwp'

/**
 * CO2e = Σ kgᵢ × GWPᵢ of one set (METHOD §3). 1 kg of CH4 (fossil) and 1 kg of CO2 by AR6 → 30.8 kg. @throws RangeError
 * below zero
 */
export const co2eOf = (kgOfGas: Readonly<Partial<Record<Gas, number>>>, set: GwpSet): KilogramsCO2e => {
  let total = 0
  for (const [gas, kg] of Object.entries(kgOfGas) as [Gas, number][]) {
    if (!(kg >= 0)) throw new RangeError(`A mass of ${gas} starts at 0, got ${kg}`)
    total += kg * GWP100[set][gas]
  }
  return kilogramsCO2e(total)
}

/** One component of a blend: its share by mass and its GWP. */
export interface BlendPart {
  massShare: Share
  gwp: number
}

/**
 * GWP of a blend: Σ share × GWP. R-410A, half HFC-32 and half HFC-125: 1,923.5 by AR5, 2,255.5 by AR6 (case S1-02). @throws
 * RangeError where the shares do not make a whole (within 0.1 %)
 */
export const gwpOfBlend = (parts: readonly BlendPart[]): number => {
  const whole = parts.reduce((sum, { massShare }) => sum + value(massShare), 0)
  if (Math.abs(whole - 1) > 1e-3) throw new RangeError(`The shares of a blend make a whole, these make ${whole}`)
  return parts.reduce((sum, { massShare, gwp }) => sum + value(massShare) * gwp, 0)
}

/** A leak: kg × GWP (METHOD §7, Scope 1). 12 kg at 1,923.5 → 23.08 t (case S1-02). */
export const leakOf = (kg: number, gwp: number): KilogramsCO2e => {
  if (!(kg >= 0 && gwp >= 0)) throw new RangeError('Mass and GWP start at 0')
  return kilogramsCO2e(kg * gwp)
}
