import { emissionsOf } from '@/lib/units/physics'
import { value } from '@/lib/units/quantity'
import { type Cells, type EntryDraft, NO_TERMS } from './entries'
import type { EntryEnergy } from './entry-energy'
import type { FactorReference } from './facts'
import { emptyCells, everyHour } from './hour-cells'
import type { MeterSum } from './meter-sum'
import type { DayIntensity } from './select-intensity'

/**
 * An entry: EM = E_facility × CI for each hour, µWh × g/kWh → mg, rounded half-even once (METHOD §3, location-based method of the
 * Scope 2 Guidance). 1,200,000,000 µWh at 400 g/kWh → 480,000 mg. An hour with energy and no intensity keeps its energy and a
 * gap, and its emissions are unknown. Certificates have no part in it.
 */
export const locationBasedEntry = (
  attribution: number,
  unallocated: boolean,
  meters: MeterSum,
  energy: Cells<EntryEnergy>,
  intensity: DayIntensity,
): EntryDraft => {
  const factors = factorList()
  const draft: EntryDraft = {
    attribution,
    unallocated,
    itUwh: emptyCells(),
    facilityUwh: emptyCells(),
    locationMg: emptyCells(),
    marketMg: emptyCells(),
    lossMg: emptyCells(),
    upstreamMg: emptyCells(),
    embodiedMg: emptyCells(),
    waterUl: emptyCells(),
    sourceWaterUl: emptyCells(),
    terms: { ...NO_TERMS },
    pue: emptyCells(),
    gPerKwh: emptyCells(),
    energyTier: emptyCells(),
    overheadTier: emptyCells(),
    intensityTier: emptyCells(),
    screening: emptyCells(),
    factors: factors.list,
    intensityFactor: emptyCells(),
    overheadFactor: emptyCells(),
    gap: everyHour((hour) => (energy[hour] ? null : (meters.gap[hour] ?? null))),
    coveredMs: meters.coveredMs,
    elapsedMs: meters.elapsedMs,
    firstAt: meters.firstAt,
    lastAt: meters.lastAt,
    seriesIds: meters.seriesIds,
  }

  energy.forEach((cell, hour) => {
    if (cell === null) return
    draft.itUwh[hour] = cell.it === null ? null : value(cell.it)
    draft.facilityUwh[hour] = value(cell.facility)
    draft.energyTier[hour] = meters.tier[hour] ?? null
    draft.pue[hour] = cell.pue === null ? null : value(cell.pue)
    if (cell.overhead) {
      draft.overheadTier[hour] = cell.overhead.tier
      draft.overheadFactor[hour] = factors.indexOf(cell.overhead.factor)
    }
    const grid = intensity.cells[hour] ?? null
    if (grid === null) {
      draft.gap[hour] = intensity.gap
      return
    }
    draft.gPerKwh[hour] = value(grid.gPerKwh)
    draft.locationMg[hour] = value(emissionsOf(cell.facility, grid.gPerKwh))
    draft.intensityTier[hour] = grid.tier
    draft.screening[hour] = grid.screening
    draft.intensityFactor[hour] = factors.indexOf(grid.factor)
  })
  return draft
}

const factorList = () => {
  const list: FactorReference[] = []
  const known = new Map<string, number>()
  const indexOf = (factor: FactorReference): number => {
    const key = JSON.stringify([factor.id, factor.version, factor.name, factor.source, factor.basis])
    const found = known.get(key)
    if (found !== undefined) return found
    known.set(key, list.length)
    return list.push(factor) - 1
  }
  return { list, indexOf }
}
