import {
  type DeviceHours,
  deviceHours,
  type Flops,
  type FlopsPerSecond,
  flops,
  flopsPerSecond,
  type GramsCO2e,
  type GramsCO2ePerKilowattHour,
  gramsCO2e,
  gramsPerKilowattHour,
  type KilowattHours,
  kilowattHours,
  type Litres,
  litres,
  type Share,
  share,
  value,
  type Watts,
  watts,
} from './quantity'

/** Figures in the units that people publish them in, in and out. Conversion factors stand here and nowhere else. */

const GRAMS = { mg: 1e-3, g: 1, kg: 1e3, t: 1e6, lb: 453.59237 } as const
const KILOWATT_HOURS = { µJ: 1 / 3.6e12, mJ: 1 / 3.6e9, J: 1 / 3.6e6, Wh: 1e-3, kWh: 1, MWh: 1e3, GWh: 1e6 } as const
const HOURS = { s: 1 / 3600, min: 1 / 60, h: 1, d: 24, y: 8760 } as const
const WATTS = { W: 1, kW: 1e3, MW: 1e6 } as const
const LITRES = { mL: 1e-3, L: 1, m3: 1e3 } as const
const FLOPS = { FLOP: 1, TFLOP: 1e12 } as const

export type MassUnitName = keyof typeof GRAMS
export type EnergyUnitSymbol = keyof typeof KILOWATT_HOURS
export type DurationUnit = keyof typeof HOURS

export const massIn = (amount: number, unit: MassUnitName): GramsCO2e => gramsCO2e(amount * GRAMS[unit])
export const massAs = (mass: GramsCO2e, unit: MassUnitName): number => value(mass) / GRAMS[unit]

export const energyFrom = (amount: number, unit: EnergyUnitSymbol): KilowattHours =>
  kilowattHours(amount * KILOWATT_HOURS[unit])
export const energyAs = (energy: KilowattHours, unit: EnergyUnitSymbol): number => value(energy) / KILOWATT_HOURS[unit]

export const hoursFrom = (amount: number, unit: DurationUnit): number => amount * HOURS[unit]
export const deviceHoursFrom = (amount: number, unit: DurationUnit): DeviceHours => deviceHours(hoursFrom(amount, unit))
export const deviceHoursAs = (hours: DeviceHours, unit: DurationUnit): number => value(hours) / HOURS[unit]

export const powerFrom = (amount: number, unit: keyof typeof WATTS): Watts => watts(amount * WATTS[unit])

/** 30 % → 0.3. @throws RangeError outside 0 … 100 */
export const percent = (amount: number): Share => share(amount / 100)
export const asPercent = (ratio: number): number => ratio * 100

/** For an instant or a span in milliseconds: 60 s → 60,000. */
export const millisecondsFrom = (amount: number, unit: DurationUnit): number => hoursFrom(amount, unit) * 3_600_000

export const waterIn = (amount: number, unit: keyof typeof LITRES): Litres => litres(amount * LITRES[unit])
export const waterAs = (water: Litres, unit: keyof typeof LITRES): number => value(water) / LITRES[unit]

export const flopsIn = (amount: number, unit: keyof typeof FLOPS): Flops => flops(amount * FLOPS[unit])
export const flopsPerSecondAs = (rate: FlopsPerSecond, unit: keyof typeof FLOPS): number => value(rate) / FLOPS[unit]
export const flopsPerSecondIn = (amount: number, unit: keyof typeof FLOPS): FlopsPerSecond =>
  flopsPerSecond(amount * FLOPS[unit])

/** A mass per energy as published: 0.954 lb/kWh → 432.73 g/kWh; 0.385 t/MWh → 385 g/kWh; 429.983 lb/MWh → 195.04 g/kWh. */
export const intensityIn = (amount: number, mass: MassUnitName, energy: EnergyUnitSymbol): GramsCO2ePerKilowattHour =>
  gramsPerKilowattHour((amount * GRAMS[mass]) / KILOWATT_HOURS[energy])
