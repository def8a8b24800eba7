import {
  type DeviceHours,
  deviceHours,
  type Flops,
  type FlopsPerSecond,
  flopsPerSecond,
  type KilowattHours,
  type Share,
  share,
  value,
} from '@/lib/units/quantity'

const SECONDS_PER_HOUR = 3600
const JOULES_PER_KWH = 3.6e6

/**
 * GPU-h = C ÷ (peak × MFU × 3600): FLOP, FLOP/s of one device (dense, at the precision used) and a share → device-hours
 * (METHOD §1.4). 2.91e21 FLOP at 24.8 TFLOP/s → 32,594 h on one chip, 6.8 d on 200 (case PAT-01). @throws RangeError for an
 * MFU or peak of 0
 */
export const deviceHoursOfFlops = (work: Flops, peak: FlopsPerSecond, mfu: Share): DeviceHours => {
  if (!(value(peak) > 0 && value(mfu) > 0)) throw new RangeError('A device that does nothing never ends')
  return deviceHours(value(work) / (value(peak) * value(mfu) * SECONDS_PER_HOUR))
}

/**
 * MFU = C ÷ (device-hours × 3600 × peak), 0 … 1; null without device-hours (METHOD §1.4). LLaMA-65B: 6 × 65.2e9 × 1.4e12
 * over 1,022,362 h at 312 TFLOP/s → 0.477 (case FLP-04). @throws RangeError above 1: more than the peak is a mistake in
 * FLOPs, hours or peak
 */
export const mfuOf = (work: Flops, hours: DeviceHours, peak: FlopsPerSecond): Share | null =>
  value(hours) === 0 || value(peak) === 0 ? null : share(value(work) / (value(hours) * SECONDS_PER_HOUR * value(peak)))

/**
 * From begin to end: device-hours ÷ devices at work together. 32,594 h on 200 chips → 163 h (case PAT-01). @throws
 * RangeError without devices
 */
export const elapsedOf = (hours: DeviceHours, devices: number): DeviceHours => {
  if (!(devices > 0)) throw new RangeError('Work is done by devices')
  return deviceHours(value(hours) / devices)
}

/** Achieved FLOP/s of one device: C ÷ (device-hours × 3600); null without device-hours. */
export const achievedOf = (work: Flops, hours: DeviceHours): FlopsPerSecond | null =>
  value(hours) === 0 ? null : flopsPerSecond(value(work) / (value(hours) * SECONDS_PER_HOUR))

/** FLOP/s per watt, which is FLOP per joule: C ÷ (E × 3.6e6); null without energy. 3.6e18 FLOP from 1 kWh → 1e12. */
export const flopsPerJoule = (work: Flops, energy: KilowattHours): number | null =>
  value(energy) === 0 ? null : value(work) / (value(energy) * JOULES_PER_KWH)
