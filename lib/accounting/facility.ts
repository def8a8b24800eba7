import { emissionsOf } from '@/lib/units/physics'
import { value } from '@/lib/units/quantity'
import type { FacilityDraft } from './entries'
import { HOURS } from './hour-cells'
import type { DayIntensity } from './select-intensity'
import type { SiteMeter, SiteMeters } from './site-meters'
import type { WorkloadDay } from './unallocated'

/**
 * A site's day for PUE = Σ E_facility ÷ Σ E_IT and CUE = Σ (E_facility × CI) ÷ Σ E_IT (ISO/IEC 30134-2 and -8), as sums and not as
 * quotients: a year's PUE is energy-weighted (case KPI-01: 370 ÷ 300 = 1.233, never the mean 1.25 of 1.3 and 1.2).
 * µWh and mg over the hours in which both sides are known for the whole hour; the CUE's own sums leave out hours whose intensity is
 * unknown or a life-cycle average. Without an IT meter the IT energy is that of the workloads, known only when every
 * workload that ran in the hour knows its own. Null for a site without a facility meter.
 */
export const facilityOf = (
  site: SiteMeters,
  workloads: WorkloadDay[],
  zone: string | null,
  intensity: DayIntensity,
): FacilityDraft | null => {
  const { facility, it } = site
  if (facility === null) return null
  const paired = pairedHours(facility, (hour) => (it ? plain(it.wholeUwh[hour]) : workloadsEnergy(workloads, hour)))
  const weighed = paired.flatMap((pair) => {
    const grid = intensity.cells[pair.hour] ?? null
    return grid === null || grid.screening ? [] : [{ ...pair, mg: value(emissionsOf(pair.facility, grid.gPerKwh)) }]
  })

  return {
    siteId: site.siteId,
    zone,
    itUwh: total(paired.map((pair) => pair.it)),
    facilityUwh: total(paired.map((pair) => value(pair.facility))),
    cueMg: total(weighed.map((pair) => pair.mg)),
    cueItUwh: total(weighed.map((pair) => pair.it)),
    itBasis: it ? 'meter' : 'workloads',
    pairedHours: paired.length,
    facilityHours: facility.uwh.filter((energy) => energy !== null).length,
  }
}

const pairedHours = (facility: SiteMeter, itEnergyAt: (hour: number) => number | null) => {
  const pairs = []
  for (let hour = 0; hour < HOURS; hour += 1) {
    const whole = facility.wholeUwh[hour] ?? null
    const it = itEnergyAt(hour)
    if (whole !== null && it !== null) pairs.push({ hour, facility: whole, it })
  }
  return pairs
}

const workloadsEnergy = (workloads: WorkloadDay[], hour: number): number | null => {
  let sum: number | null = null
  for (const { energy, meters } of workloads) {
    const cell = energy[hour] ?? null
    if (cell === null && meters.gap[hour] == null) continue
    if (cell === null || cell.it === null) return null
    sum = (sum ?? 0) + value(cell.it)
  }
  return sum
}

const plain = (energy: Parameters<typeof value>[0] | null | undefined): number | null =>
  energy == null ? null : value(energy)

// A day of a site beyond 375 MW passes 2^53 µWh: added exactly, then given as the nearest double.
const total = (cells: number[]): number | null =>
  cells.length === 0 ? null : Number(cells.reduce((sum, cell) => sum + BigInt(cell), 0n))
