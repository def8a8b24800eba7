import { type KilowattHours, kilowattHours } from '@/lib/units/quantity'

/**
 * kWh per GB inside and between data centres (Cloud Carbon Footprint; METHOD §6). The public internet hardly follows load:
 * not counted here.
 */
export const DATA_CENTRE_KWH_PER_GIGABYTE = 0.001

/** E_net = GB × k, kWh. 5,000 GB at 0.001 kWh/GB → 5 kWh (case CCF-04). @throws RangeError below zero */
export const energyOfNetwork = (gigabytes: number, kwhPerGigabyte = DATA_CENTRE_KWH_PER_GIGABYTE): KilowattHours => {
  if (!(gigabytes >= 0 && kwhPerGigabyte >= 0)) throw new RangeError('Data and its energy start at 0')
  return kilowattHours(gigabytes * kwhPerGigabyte)
}
