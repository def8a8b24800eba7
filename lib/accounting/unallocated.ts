import { facilityEnergyOf } from '@/lib/units/physics'
import { microwattHours, value } from '@/lib/units/quantity'
import type { Cells, GapReason } from './entries'
import type { EntryEnergy } from './entry-energy'
import type { Tier } from './facts'
import { emptyCells, everyHour, worst } from './hour-cells'
import type { MeterSum } from './meter-sum'
import type { Overhead } from './overhead'
import type { SiteMeter } from './site-meters'

/** A workload's day at a site, its energies already the ledger's integers. */
export interface WorkloadDay {
  attribution: number
  meters: MeterSum
  energy: Cells<EntryEnergy>
}

/** What an hour's workloads leave of the site's meter, with the meter's own coverage. */
export interface Residual {
  meters: MeterSum
  energy: Cells<EntryEnergy>
}

/**
 * E_unallocated = E_IT meter − Σ E_IT workloads, integer µWh for each hour, so that workloads and residual add up to the meter again
 * (METHOD §1.5). Meter 10,000,000, workloads 6,000,000 and 3,000,000 → 1,000,000 µWh; exactly 0 is a measured zero.
 * Workloads that claim more than the meter leave a gap that says so: a site cannot owe energy. Of a workload whose IT energy is unknown, the
 * facility energy is taken off, the most that its IT energy can be: the residual is then the least, and nothing counts twice.
 */
export const residualOf = (meter: SiteMeter, workloads: WorkloadDay[], overhead: Overhead[]): Residual => {
  const tier: Cells<Tier> = emptyCells()
  const gap: Cells<GapReason> = [...meter.sum.gap]
  const energy = everyHour((hour): EntryEnergy | null => {
    const metered = meter.uwh[hour] ?? null
    if (metered === null) return null
    let left = value(metered)
    tier[hour] = meter.sum.tier[hour] ?? null
    for (const workload of workloads) {
      const claimed = workload.energy[hour] ?? null
      if (claimed === null) continue
      left -= value(claimed.it ?? claimed.facility)
      tier[hour] = worst(tier[hour] ?? null, workload.meters.tier[hour] ?? null)
    }
    if (left < 0) {
      gap[hour] = 'workloads_exceed_meter'
      return null
    }
    const it = microwattHours(left)
    const applied = overhead[hour] as Overhead
    return { it, facility: facilityEnergyOf(it, applied.pue), pue: applied.pue, overhead: applied }
  })
  return { meters: { ...meter.sum, tier, gap }, energy }
}
