import { add, type KilogramsCO2e, kilogramsCO2e, scale } from '@/lib/units/quantity'

/** Coefficients of a bottom-up estimate, kg CO2e, as a library gives them (Boavizta; without end of life). */
export interface BottomUpCoefficients {
  cpuPerMm2: number
  cpuBase: number
  /** Per cm² of die, of memory and of flash. */
  memoryPerCm2: number
  memoryBase: number
  ssdPerCm2: number
  ssdBase: number
  hdd: number
  board: number
  psuPerKg: number
  rackCase: number
  assembly: number
}

export interface ServerParts {
  cpus: readonly { cores: number; mm2PerCore: number }[]
  memory: readonly { gigabytes: number; gigabytesPerCm2: number }[]
  ssds: readonly { gigabytes: number; gigabytesPerCm2: number }[]
  hdds: number
  psus: readonly { kg: number }[]
  /** A blade, or a part of a larger machine, has none of its own. */
  rackCase: boolean
}

const total = (parts: readonly number[]): KilogramsCO2e =>
  parts.reduce((sum, part) => add(sum, kilogramsCO2e(part)), kilogramsCO2e(0))

/**
 * TE of a server from its parts, kg (METHOD §4, Boavizta): CPU cores × mm² × 0.0197 + 9.14 · RAM GB ÷ density × 2.20 + 5.22 · SSD
 * GB ÷ density × 2.20 + 6.34 · HDD 31.11 · board 66.10 · PSU kg × 24.30 · case 150 · assembly 6.68. Dell R740 as published
 * by Boavizta → 967.9 kg (case BOA-01). @throws RangeError for a density of 0 or a part below zero
 */
export const bottomUpServer = (parts: ServerParts, by: BottomUpCoefficients): KilogramsCO2e => {
  const dies = (chips: ServerParts['memory'], perCm2: number, base: number) =>
    chips.map(({ gigabytes, gigabytesPerCm2 }) => {
      if (!(gigabytesPerCm2 > 0 && gigabytes >= 0)) throw new RangeError('Chips have a size and a density')
      return (gigabytes / gigabytesPerCm2) * perCm2 + base
    })
  return total([
    ...parts.cpus.map(({ cores, mm2PerCore }) => cores * mm2PerCore * by.cpuPerMm2 + by.cpuBase),
    ...dies(parts.memory, by.memoryPerCm2, by.memoryBase),
    ...dies(parts.ssds, by.ssdPerCm2, by.ssdBase),
    parts.hdds * by.hdd,
    by.board,
    ...parts.psus.map(({ kg }) => kg * by.psuPerKg),
    parts.rackCase ? by.rackCase : 0,
    by.assembly,
  ])
}

/** TE of a base and of the parts added to it: Σ TEᵢ × nᵢ. 1,000 kg and 2 HDDs of 100 kg → 1,200 kg (case SCI-15). */
export const assembledEmbodied = (parts: readonly { each: KilogramsCO2e; units: number }[]): KilogramsCO2e =>
  parts.reduce((sum, { each, units }) => add(sum, timesUnits(each, units)), kilogramsCO2e(0))

const timesUnits = (each: KilogramsCO2e, units: number): KilogramsCO2e => {
  if (!(units >= 0)) throw new RangeError(`Units start at 0, got ${units}`)
  return scale(each, units)
}
