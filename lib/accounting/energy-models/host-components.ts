import { type KilowattHours, kilowattHours } from '@/lib/units/quantity'

/** Cloud Carbon Footprint: 0.392 W per GB of memory; 1.2 and 0.65 W per TB of SSD and HDD (METHOD §1.3). */
export const HOST_WATTS = { memoryPerGigabyte: 0.392, ssdPerTerabyte: 1.2, hddPerTerabyte: 0.65 } as const

/** E = GB × h × 0.392 W, kWh. 512 GB for 1 h → 0.2007 kWh. */
export const energyOfMemory = (gigabyteHours: number): KilowattHours =>
  kilowattHours((positive(gigabyteHours) * HOST_WATTS.memoryPerGigabyte) / 1000)

/** E = TB × h × W/TB, kWh. 10 TB of SSD for 1 h → 0.012 kWh. */
export const energyOfStorage = (terabyteHours: number, kind: 'ssd' | 'hdd'): KilowattHours =>
  kilowattHours(
    (positive(terabyteHours) * (kind === 'ssd' ? HOST_WATTS.ssdPerTerabyte : HOST_WATTS.hddPerTerabyte)) / 1000,
  )

const positive = (amount: number): number => {
  if (!(amount >= 0)) throw new RangeError(`An amount in use starts at 0, got ${amount}`)
  return amount
}
