import { energyOfDeviceHours } from '@/lib/units/products'
import { type DeviceHours, type KilowattHours, scale, value, type Watts, watts } from '@/lib/units/quantity'

/**
 * E = P × t of devices, W and device-hours → kWh (METHOD §1.3). `host` is what CPU, memory and fans add, as a share of the
 * devices' own power: E_IT = GPU-h × P × (1 + host) (METHOD §1.4). 300 W over 100 device-hours → 30 kWh (case SEED-01);
 * with a host of 0.4 → 42 kWh.
 */
export const energyOfDevices = (power: Watts, hours: DeviceHours, host = 0): KilowattHours => {
  if (!(host >= 0)) throw new RangeError(`A host adds nothing or more, got ${host}`)
  return scale(energyOfDeviceHours(power, hours), 1 + host)
}

/**
 * P = E ÷ t: the mean power that an energy implies; null without device-hours. 3.1 kWh over 24 GPU-h → 129.2 W (case
 * CC-01).
 */
export const meanPowerOf = (energy: KilowattHours, hours: DeviceHours): Watts | null =>
  value(hours) === 0 ? null : watts((value(energy) * 1000) / value(hours))

/**
 * Power that a piece of software adds: P_loaded − P_idle of the same machine (SCI guide). 16.009 − 11.335 → 4.674 W (case
 * SCI-06). @throws RangeError where the machine draws less under load
 */
export const attributablePower = (loaded: Watts, idle: Watts): Watts => {
  if (value(loaded) < value(idle)) throw new RangeError('A machine draws no less under load than without')
  return watts(value(loaded) - value(idle))
}
