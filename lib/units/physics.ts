import {
  type GramsCO2ePerKilowattHour,
  gramsPerKilowattHour,
  type KilogramsCO2e,
  type KilowattHours,
  kilowattHours,
  type LitresPerKilowattHour,
  type Microlitres,
  type MicrowattHours,
  type MilligramsCO2e,
  microlitres,
  microwattHours,
  milligramsCO2e,
  type Pue,
  type Seconds,
  type Share,
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

/**
 * g of losses per kWh delivered: CI × loss ÷ (1 − loss), loss as a share of generation (METHOD §7, category 3c; eGRID grid gross
 * loss). 400 g/kWh at 5 % → 21.0526 g/kWh. @throws RangeError when everything is lost
 */
export const lossIntensityOf = (intensity: GramsCO2ePerKilowattHour, loss: Share): GramsCO2ePerKilowattHour => {
  if (value(loss) >= 1) throw new RangeError('A grid that loses everything delivers nothing')
  return gramsPerKilowattHour((value(intensity) * value(loss)) / (1 - value(loss)))
}

/** W = E × WUE. µWh × L/kWh = 1e-9 × 1e6 µL → µL, rounded half-even once. 1 kWh at 0.27 L/kWh → 270,000 µL. */
export const waterOf = (energy: MicrowattHours, effectiveness: LitresPerKilowattHour): Microlitres =>
  microlitres(roundHalfEven((value(energy) * value(effectiveness)) / 1000))

/**
 * M = TE × TiR ÷ EL × devices (ISO/IEC 21031, METHOD §4): kg of one device, reserved ms, expected life in hours → mg, rounded half-even
 * once. `planned` is U, the share of its life in which it is planned to be in use: with U < 1 used hours recover the whole TE.
 * 164 kg over 35,040 h, 1 device, 1 h → 4,680 mg.
 */
export const embodiedOf = (
  device: KilogramsCO2e,
  reserved: { ms: number; devices: number; lifeHours: number; planned: Share },
): MilligramsCO2e =>
  milligramsCO2e(
    roundHalfEven(
      (value(device) * 1e6 * reserved.devices * reserved.ms) /
        (reserved.lifeHours * value(reserved.planned) * 3_600_000),
    ),
  )
