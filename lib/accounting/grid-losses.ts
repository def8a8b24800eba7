import { emissionsOf, lossIntensityOf } from '@/lib/units/physics'
import { gramsPerKilowattHour, share, value } from '@/lib/units/quantity'
import type { Cells, EntryTerms } from './entries'
import type { EntryEnergy } from './entry-energy'
import type { FactorReference, Tier, ZoneTerms } from './facts'
import type { DayIntensity } from './select-intensity'

/** A loss term whose factor has no place in an entry's list yet. */
export type GridLoss = { tier: Tier; factor: FactorReference } & (
  | { fraction: number; gPerKwh: null }
  | { fraction: null; gPerKwh: number }
)

/**
 * How the day's transmission and distribution losses are known. Where every known hour rests on an annual factor that holds the losses
 * already (JP, KR, CA …), there is no further line for the same kWh: fraction 0 with that factor as evidence, a known zero.
 */
export const selectLoss = (zone: ZoneTerms | undefined, intensity: DayIntensity): GridLoss | null => {
  const known = intensity.cells.filter((cell) => cell !== null)
  const [first] = known
  if (zone && first && known.every((cell) => isLossIncluded(zone, cell.level)))
    return { fraction: 0, gPerKwh: null, tier: first.tier, factor: first.factor }
  if (!zone?.loss) return null
  const { fraction, gPerKwh, tier, factor } = zone.loss
  if (gPerKwh !== null) return { fraction: null, gPerKwh, tier, factor }
  return fraction === null ? null : { fraction, gPerKwh: null, tier, factor }
}

/**
 * Scope 3 category 3c: loss_mg = E_facility × CI × f ÷ (1 − f), or E_facility × the published g per kWh delivered (METHOD §7), mg per hour.
 * 1 kWh at 400 g/kWh and 5 % → 21,053 mg. Unknown where the intensity is: unknown itself; a life-cycle average, which holds upstream
 * emissions besides; or on a day of mixed factors one that holds the losses already.
 */
export const lossCells = (
  energy: Cells<EntryEnergy>,
  intensity: DayIntensity,
  loss: EntryTerms['loss'] | GridLoss,
  zone: ZoneTerms | undefined,
): Cells<number> =>
  energy.map((cell, hour) => {
    if (cell === null || loss === null) return null
    const grid = intensity.cells[hour] ?? null
    const included = grid !== null && isLossIncluded(zone, grid.level)
    if (included && loss.fraction !== 0) return null
    if (loss.gPerKwh !== null) return value(emissionsOf(cell.facility, gramsPerKilowattHour(loss.gPerKwh)))
    if (grid === null || grid.screening) return null
    return value(emissionsOf(cell.facility, lossIntensityOf(grid.gPerKwh, share(loss.fraction))))
  })

const isLossIncluded = (zone: ZoneTerms | undefined, level: string | null): boolean =>
  level !== null && (zone?.lossesIncludedIn.includes(level) ?? false)
