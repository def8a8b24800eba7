import { type KilowattHours, kilowattHours, type Watts, watts } from './quantity'

export const POWER_UNITS = ['W', 'kW'] as const
export const ENERGY_UNITS = ['J', 'mJ', 'Wh', 'kWh'] as const
export const READING_UNITS = [...POWER_UNITS, ...ENERGY_UNITS] as const
export type PowerUnit = (typeof POWER_UNITS)[number]
export type EnergyUnit = (typeof ENERGY_UNITS)[number]
export type ReadingUnit = (typeof READING_UNITS)[number]

export const isPowerUnit = (unit: ReadingUnit): unit is PowerUnit => unit === 'W' || unit === 'kW'

export const powerIn = (value: number, unit: PowerUnit): Watts => watts(unit === 'kW' ? value * 1000 : value)

const PER_KWH: Record<EnergyUnit, number> = { J: 3.6e6, mJ: 3.6e9, Wh: 1000, kWh: 1 }

export const energyIn = (value: number, unit: EnergyUnit): KilowattHours => kilowattHours(value / PER_KWH[unit])
