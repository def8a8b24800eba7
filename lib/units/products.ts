import {
  add,
  type DeviceHours,
  deviceHours,
  type GramsCO2e,
  type GramsCO2ePerKilowattHour,
  gramsCO2e,
  gramsPerKilowattHour,
  type KilogramsCO2e,
  type KilowattHours,
  kilogramsCO2e,
  kilowattHours,
  type Litres,
  type LitresPerKilowattHour,
  litres,
  type Pue,
  type Quantity,
  scale,
  value,
  type Watts,
} from './quantity'

/**
 * The lawful products in doubles: for ratios, estimates and sums that the books already hold. The ledger's own, rounded
 * once, are in physics.ts.
 */

/** kWh × g/kWh → g. 30 kWh at 400 g/kWh → 12,000 g. */
export const massOf = (energy: KilowattHours, intensity: GramsCO2ePerKilowattHour): GramsCO2e =>
  gramsCO2e(value(energy) * value(intensity))

/** kWh × L/kWh → L. 1,000 kWh at 0.27 L/kWh → 270 L. */
export const waterUsed = (energy: KilowattHours, effectiveness: LitresPerKilowattHour): Litres =>
  litres(value(energy) * value(effectiveness))

/** W × device-hours → kWh. 300 W over 100 device-hours → 30 kWh. */
export const energyOfDeviceHours = (power: Watts, hours: DeviceHours): KilowattHours =>
  kilowattHours((value(power) * value(hours)) / 1000)

/** Devices × hours → device-hours. 8 for 12 h → 96. @throws RangeError below zero */
export const deviceHoursOf = (count: number, hours: number): DeviceHours => {
  if (!(count >= 0 && hours >= 0)) throw new RangeError(`Devices and hours start at 0, got ${count} and ${hours}`)
  return deviceHours(count * hours)
}

/** IT energy × PUE → facility energy (ISO/IEC 30134-2). 100 kWh × 1.2 → 120 kWh. */
export const liftedBy = (it: KilowattHours, overhead: Pue): KilowattHours => scale(it, value(overhead))

/** Facility energy ÷ PUE → IT energy. 120 kWh ÷ 1.2 → 100 kWh. */
export const withoutOverhead = (facility: KilowattHours, overhead: Pue): KilowattHours =>
  kilowattHours(value(facility) / value(overhead))

/** g ÷ kWh → g/kWh; null where nothing was used: what is divided by nothing is unknown. */
export const intensityOf = (mass: GramsCO2e, energy: KilowattHours): GramsCO2ePerKilowattHour | null =>
  value(energy) === 0 ? null : gramsPerKilowattHour(value(mass) / value(energy))

export const gramsOf = (mass: KilogramsCO2e): GramsCO2e => gramsCO2e(value(mass) * 1000)
export const kilogramsOf = (mass: GramsCO2e): KilogramsCO2e => kilogramsCO2e(value(mass) / 1000)

/** Two of one unit → a plain number; null without a denominator. */
export const ratioOf = <U extends string>(part: Quantity<U>, whole: Quantity<NoInfer<U>>): number | null =>
  value(whole) === 0 ? null : value(part) / value(whole)

/** Σ of one unit, from `zero` on. */
export const sumOf = <U extends string>(zero: Quantity<U>, terms: readonly Quantity<NoInfer<U>>[]): Quantity<U> =>
  terms.reduce((total, term) => add(total, term), zero)
