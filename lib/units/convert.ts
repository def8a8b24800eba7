import { type KilowattHours, kilowattHours, type Watts, watts } from './quantity'

export const POWER_UNITS = ['W', 'kW', 'MW', 'mW', 'µW'] as const
export const ENERGY_UNITS = ['J', 'kJ', 'MJ', 'mJ', 'µJ', 'Wh', 'kWh', 'MWh'] as const
export const READING_UNITS = [...POWER_UNITS, ...ENERGY_UNITS] as const
export type PowerUnit = (typeof POWER_UNITS)[number]
export type EnergyUnit = (typeof ENERGY_UNITS)[number]
export type ReadingUnit = (typeof READING_UNITS)[number]

export const isPowerUnit = (unit: ReadingUnit): unit is PowerUnit => (POWER_UNITS as readonly string[]).includes(unit)

/** Divided where a watt is the larger unit: 1e-6 has no exact double, a million has. */
export const powerIn = (value: number, unit: PowerUnit): Watts => {
  switch (unit) {
    case 'W':
      return watts(value)
    case 'kW':
      return watts(value * 1000)
    case 'MW':
      return watts(value * 1e6)
    case 'mW':
      return watts(value / 1000)
    case 'µW':
      return watts(value / 1e6)
  }
}

const PER_KWH: Record<Exclude<EnergyUnit, 'MWh'>, number> = {
  J: 3.6e6,
  kJ: 3600,
  MJ: 3.6,
  mJ: 3.6e9,
  µJ: 3.6e12,
  Wh: 1000,
  kWh: 1,
}

export const energyIn = (value: number, unit: EnergyUnit): KilowattHours =>
  kilowattHours(unit === 'MWh' ? value * 1000 : value / PER_KWH[unit])
