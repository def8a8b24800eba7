import { facilityEnergyOf, itEnergyOf, toMicrowattHours } from '@/lib/units/physics'
import { add, type KilowattHours, type MicrowattHours, type Pue, pue } from '@/lib/units/quantity'
import type { Cells } from './entries'
import { everyHour } from './hour-cells'
import type { Overhead } from './overhead'

/** An entry-hour's energies as the ledger holds them. */
export interface EntryEnergy {
  it: MicrowattHours | null
  facility: MicrowattHours
  pue: Pue | null
  /** What was applied to IT energy; null where the energy already held its overhead. */
  overhead: Overhead | null
}

/**
 * IT-boundary kWh and facility-boundary kWh of each hour → integer µWh, each rounded half-even once. E_facility = E_IT × PUE on the
 * IT side only: energy metered at the facility boundary already holds its overhead (METHOD §2, "PUE is applied once").
 * 1 kWh IT at PUE 1.2 → 1,200,000,000 µWh; 0.139 kWh that includes PUE 1.5 stays 139,000,000 µWh (case SCI-04).
 * Facility-boundary energy tells the IT energy only through the PUE its sender declared; without it the hour's IT energy is unknown.
 */
export const entryEnergy = (
  it: Cells<KilowattHours>,
  facility: Cells<KilowattHours>,
  overhead: Overhead[],
  declaredPue: number | null,
): Cells<EntryEnergy> =>
  everyHour((hour) => {
    const own = rounded(it[hour])
    const whole = rounded(facility[hour])
    const applied = overhead[hour] as Overhead
    const declared = declaredPue === null ? null : pue(declaredPue)
    if (own === null)
      return whole === null
        ? null
        : { it: declared === null ? null : itEnergyOf(whole, declared), facility: whole, pue: declared, overhead: null }
    const lifted = facilityEnergyOf(own, applied.pue)
    if (whole === null) return { it: own, facility: lifted, pue: applied.pue, overhead: applied }
    return {
      it: declared === null ? null : add(own, itEnergyOf(whole, declared)),
      facility: add(lifted, whole),
      pue: applied.pue,
      overhead: applied,
    }
  })

const rounded = (energy: KilowattHours | null | undefined): MicrowattHours | null =>
  energy == null ? null : toMicrowattHours(energy)
