import {
  type DeviceHours,
  deviceHours,
  type KilowattHours,
  type Share,
  scale,
  value,
  type Watts,
} from '@/lib/units/quantity'
import { energyOfDevices } from './device-hours'
import { powerAtUtilisation } from './utilisation'

/** Power of one vCPU, W (Cloud Carbon Footprint, coefficients per provider and processor). */
export interface VcpuPower {
  idle: Watts
  full: Watts
}

/** AWS gives a function one vCPU per 1,792 MB. */
export const MEGABYTES_PER_VCPU = 1792

/**
 * E = (P_idle + u × (P_max − P_idle)) × vCPU-h, kWh (METHOD §1.3). 10 vCPU-h at 50 % of 0.74 … 3.5 W → 0.0212 kWh (case
 * CCF-01).
 */
export const energyOfVcpus = (power: VcpuPower, utilisation: Share, hours: DeviceHours): KilowattHours =>
  energyOfDevices(powerAtUtilisation(power.idle, power.full, utilisation), hours)

/**
 * A function's vCPU-hours: running time × memory ÷ 1,792 MB (Cloud Carbon Footprint, Lambda). 200,000 s (55.56 h) at 512 MB
 * → 15.87 vCPU-h (case CCF-02). @throws RangeError for memory below zero
 */
export const vcpuHoursOfFunction = (running: DeviceHours, megabytes: number): DeviceHours => {
  if (!(megabytes >= 0)) throw new RangeError(`Memory starts at 0 MB, got ${megabytes}`)
  return scale(running, megabytes / MEGABYTES_PER_VCPU)
}

/** One of so many devices: 1 of 8 vCPUs for 1 h → 0.125 device-h. */
export const partOfDevice = (hours: DeviceHours, part: Share): DeviceHours => deviceHours(value(hours) * value(part))
