import { type KilogramsCO2e, type Share, scale, share as toShare, value } from '@/lib/units/quantity'

/** How much of a device's life something has reserved. */
export interface Reservation {
  /** TiR: device-hours for which it is reserved, used or not. */
  deviceHours: number
  /** EL: hours of its expected life. */
  lifeHours: number
  /** RS = RR ÷ ToR: share of the device that is reserved. */
  share: Share
}

/**
 * M = TE × TS × RS = TE × (TiR ÷ EL) × (RR ÷ ToR), kg of one device (ISO/IEC 21031; METHOD §4). 1,205.52 kg, 1 h of 35,040
 * h, 2 of 16 vCPUs → 4.3005 g (case SCI-01). @throws RangeError without a life, or for time below zero
 */
export const amortisedEmbodied = (
  device: KilogramsCO2e,
  { deviceHours, lifeHours, share }: Reservation,
): KilogramsCO2e => {
  if (!(lifeHours > 0)) throw new RangeError(`A life is longer than 0 h, got ${lifeHours}`)
  if (!(deviceHours >= 0)) throw new RangeError(`Reserved time starts at 0 h, got ${deviceHours}`)
  return scale(device, (deviceHours / lifeHours) * value(share))
}

/**
 * RS = RR ÷ ToR: what is reserved of a resource, of the whole. 2 of 16 vCPUs → 0.125. @throws RangeError where more is
 * reserved than there is
 */
export const resourceShare = (reserved: number, whole: number): Share => {
  if (!(whole > 0)) throw new RangeError('A resource is more than nothing')
  return toShare(reserved / whole)
}

/**
 * Hours of a life that are planned to be used: EL × U. 6 years at 85 % → 44,676 h (BLOOM, case BLM-03). @throws RangeError
 * for U = 0
 */
export const plannedLifeHours = (lifeHours: number, planned: Share): number => {
  if (value(planned) === 0) throw new RangeError('A device that is never in use recovers nothing')
  return lifeHours * value(planned)
}

/**
 * m = TE ÷ (EL × U), kg per device-hour in use (METHOD §4): with U < 1 the hours in use recover the whole TE; with U = 1
 * idle hours carry their own. 3,700 kg ÷ 8 over 35,040 h → 0.0132 kg (case MOR-01).
 */
export const embodiedRate = (device: KilogramsCO2e, lifeHours: number, planned: Share): KilogramsCO2e => {
  const hours = plannedLifeHours(lifeHours, planned)
  if (!(hours > 0)) throw new RangeError(`A life is longer than 0 h, got ${lifeHours}`)
  return scale(device, 1 / hours)
}

/**
 * A server's embodied emissions by device: TE ÷ n. 1,312 kg ÷ 8 → 164 kg per GPU (case NV-01). @throws RangeError without
 * devices
 */
export const embodiedPerDevice = (server: KilogramsCO2e, devices: number): KilogramsCO2e => {
  if (!(devices > 0)) throw new RangeError('A server holds devices')
  return scale(server, 1 / devices)
}
