import {
  type GramsCO2ePerKilowattHour,
  type KilowattHours,
  kilowattHours,
  type MicrowattHours,
  type MilligramsCO2e,
  microwattHours,
  milligramsCO2e,
  type Pue,
  type Seconds,
  value,
  type Watts,
} from './quantity'
import { roundHalfEven } from './round'

/** E = P × t. W and s → kWh. 300 W over 3600 s → 0.3 kWh. */
export const energyOfPower = (power: Watts, duration: Seconds): KilowattHours =>
  kilowattHours((value(power) * value(duration)) / 3.6e6)

/** kWh → µWh, rounded half-even once: the ledger's integer energy of one entry-hour. 1 kWh → 1,000,000,000 µWh. */
export const toMicrowattHours = (energy: KilowattHours): MicrowattHours =>
  microwattHours(roundHalfEven(value(energy) * 1e9))

/**
 * E_facility = E_IT × PUE (ISO/IEC 30134-2), rounded half-even. From the ledger's IT integer, so that an auditor who reads the
 * entry can repeat it. 1,000,000,000 µWh × 1.2 → 1,200,000,000 µWh.
 */
export const facilityEnergyOf = (it: MicrowattHours, overhead: Pue): MicrowattHours =>
  microwattHours(roundHalfEven(value(it) * value(overhead)))

/** E_IT = E_facility ÷ PUE: only where the source says which PUE it applied. */
export const itEnergyOf = (facility: MicrowattHours, overhead: Pue): MicrowattHours =>
  microwattHours(roundHalfEven(value(facility) / value(overhead)))

/**
 * EM = E × CI (METHOD §3). µWh × g/kWh = 1e-9 kWh × 1e3 mg/kWh → mg, rounded half-even once.
 * 30 kWh at 400 g/kWh → 12,000,000 mg = 12 kg.
 */
export const emissionsOf = (energy: MicrowattHours, intensity: GramsCO2ePerKilowattHour): MilligramsCO2e =>
  milligramsCO2e(roundHalfEven((value(energy) * value(intensity)) / 1e6))
