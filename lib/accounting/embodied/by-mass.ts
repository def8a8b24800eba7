import { type KilogramsCO2e, kilogramsCO2e } from '@/lib/units/quantity'

/**
 * Where nothing better is known of a machine: mass × kg CO2e per tonne (DESNZ). 1,200 kg × 24,865.48 kg/t → 29.84 t (case
 * S3-03).
 */
export const embodiedByMass = (massKg: number, kgPerTonne: number): KilogramsCO2e => perTonne(massKg, kgPerTonne)

/**
 * EOL = mass × (collection + treatment), kg (METHOD §4): category 5 of one's own, 12 of what was sold; no credit for
 * recycling (cut-off). 1,200 kg of WEEE at 4.7 kg/t → 5.64 kg.
 */
export const endOfLife = (massKg: number, kgPerTonne: { collection: number; treatment: number }): KilogramsCO2e =>
  perTonne(massKg, kgPerTonne.collection + kgPerTonne.treatment)

const perTonne = (massKg: number, kgPerTonne: number): KilogramsCO2e => {
  if (!(massKg >= 0 && kgPerTonne >= 0)) throw new RangeError('Mass and its factor start at 0')
  return kilogramsCO2e((massKg / 1000) * kgPerTonne)
}
