import { emissionsOf } from '@/lib/units/physics'
import { gramsPerKilowattHour, value } from '@/lib/units/quantity'
import type { Cells } from './entries'
import type { EntryEnergy } from './entry-energy'
import type { Rated } from './facts'
import type { DayIntensity } from './select-intensity'

/**
 * Scope 3 category 3b: upstream_mg = E_facility × WTT, well-to-tank of the fuels burnt, g per kWh delivered → mg per hour (METHOD §7).
 * 1 kWh at 45.9 g/kWh (GB 2025) → 45,900 mg. Unknown where nobody published a factor, and in hours on a life-cycle average, which
 * holds the upstream already.
 */
export const upstreamCells = (energy: Cells<EntryEnergy>, intensity: DayIntensity, wtt: Rated | null): Cells<number> =>
  energy.map((cell, hour) =>
    cell === null || wtt === null || intensity.cells[hour]?.screening
      ? null
      : value(emissionsOf(cell.facility, gramsPerKilowattHour(wtt.value))),
  )
