import { waterOf } from '@/lib/units/physics'
import { litresPerKilowattHour, value } from '@/lib/units/quantity'
import type { Cells } from './entries'
import type { EntryEnergy } from './entry-energy'
import type { Attribution, Rated, SiteFacts } from './facts'

/** On site, best first: the site's own (measured over a year, else declared), then the cloud region's or the provider's fleet. */
export const selectWue = (attribution: Attribution, site: SiteFacts | undefined): Rated | null =>
  site?.wue ?? attribution.fallbackWue

/** W_on = E_IT × WUE (ISO/IEC 30134-9), µL per hour: WUE is per IT kWh, so PUE has no part in it. 1 kWh at 0.27 L/kWh → 270,000 µL. */
export const waterCells = (energy: Cells<EntryEnergy>, wue: Rated | null): Cells<number> =>
  energy.map((cell) =>
    cell === null || cell.it === null || wue === null
      ? null
      : value(waterOf(cell.it, litresPerKilowattHour(wue.value))),
  )

/** W_off = E_facility × WUE of the power stations = E_IT × PUE × WUE_off (METHOD §2), µL per hour. */
export const sourceWaterCells = (energy: Cells<EntryEnergy>, wue: Rated | null): Cells<number> =>
  energy.map((cell) =>
    cell === null || wue === null ? null : value(waterOf(cell.facility, litresPerKilowattHour(wue.value))),
  )
