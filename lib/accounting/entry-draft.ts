import { emissionsOf } from '@/lib/units/physics'
import { value } from '@/lib/units/quantity'
import { embodiedCells, type HeldHardware } from './embodied-hours'
import type { Cells, EntryDraft, EntryTerms, Term } from './entries'
import type { EntryEnergy } from './entry-energy'
import type { FactorReference, Rated, ZoneTerms } from './facts'
import { type GridLoss, lossCells } from './grid-losses'
import { emptyCells, everyHour } from './hour-cells'
import { type MarketRate, marketCells } from './market-rate'
import type { MeterSum } from './meter-sum'
import type { DayIntensity, Intensity } from './select-intensity'
import { upstreamCells } from './upstream'
import { sourceWaterCells, waterCells } from './water'

/** What an entry's energies are multiplied by: each attribution's constants of the day. */
export interface EntryFactors {
  intensity: DayIntensity
  market: MarketRate
  loss: GridLoss | null
  upstream: Rated | null
  water: Rated | null
  sourceWater: Rated | null
  hardware: HeldHardware | null
  zone: ZoneTerms | undefined
}

/**
 * An entry. Location-based: EM = E_facility × CI for each hour, µWh × g/kWh → mg, rounded half-even once (METHOD §3, Scope 2 Guidance).
 * 1,200,000,000 µWh at 400 g/kWh → 480,000 mg. An hour with energy and no intensity keeps its energy and a gap, and its emissions
 * are unknown. Certificates have no part in it. The other vectors are each a formula of its own; a constant that is not known leaves
 * its vector unknown.
 */
export const entryDraft = (
  of: { attribution: number; unallocated: boolean },
  meters: MeterSum,
  energy: Cells<EntryEnergy>,
  by: EntryFactors,
): EntryDraft => {
  const factors = factorList()
  const hardware = of.unallocated ? null : by.hardware
  const draft: EntryDraft = {
    ...of,
    itUwh: emptyCells(),
    facilityUwh: emptyCells(),
    locationMg: emptyCells(),
    marketMg: marketCells(energy, by.intensity, by.market),
    lossMg: lossCells(energy, by.intensity, by.loss, by.zone),
    upstreamMg: upstreamCells(energy, by.intensity, by.upstream),
    embodiedMg: embodiedCells(meters.heldMs, hardware),
    waterUl: waterCells(energy, by.water),
    sourceWaterUl: sourceWaterCells(energy, by.sourceWater),
    terms: {} as EntryTerms,
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
    const grid = by.intensity.cells[hour] ?? null
    if (grid === null) {
      draft.gap[hour] = by.intensity.gap
      return
    }
    draft.gPerKwh[hour] = value(grid.gPerKwh)
    draft.locationMg[hour] = value(emissionsOf(cell.facility, grid.gPerKwh))
    draft.intensityTier[hour] = grid.tier
    draft.screening[hour] = grid.screening
    draft.intensityFactor[hour] = factors.indexOf(grid.factor)
  })
  draft.terms = termsOf(draft, by, hardware, meters.heldMs, factors.indexOf)
  return draft
}

/** A term is told only with a vector that it made: what was never multiplied is no evidence of the entry. */
const termsOf = (
  draft: EntryDraft,
  by: EntryFactors,
  hardware: HeldHardware | null,
  heldMs: number[],
  indexOf: (factor: FactorReference) => number,
): EntryTerms => {
  const made = <T>(cells: Cells<number>, term: () => T): T | null =>
    cells.some((cell) => cell !== null) ? term() : null
  const rated = (cells: Cells<number>, one: Rated | null): (Term & { value: number }) | null =>
    one && made(cells, () => ({ tier: one.tier, factor: indexOf(one.factor), value: one.value }))
  const upstream = rated(draft.upstreamMg, by.upstream)
  const water = rated(draft.waterUl, by.water)
  const sourceWater = rated(draft.sourceWaterUl, by.sourceWater)
  return {
    market: made(draft.marketMg, () => marketTerm(draft, by, indexOf)),
    loss:
      by.loss &&
      made(draft.lossMg, () => ({ ...(by.loss as GridLoss), factor: indexOf((by.loss as GridLoss).factor) })),
    upstream: upstream && { tier: upstream.tier, factor: upstream.factor, gPerKwh: upstream.value },
    water: water && { tier: water.tier, factor: water.factor, lPerKwh: water.value },
    sourceWater: sourceWater && { tier: sourceWater.tier, factor: sourceWater.factor, lPerKwh: sourceWater.value },
    embodied:
      hardware && made(draft.embodiedMg, () => ({ ...hardware, factor: indexOf(hardware.factor), reservedMs: heldMs })),
  }
}

const marketTerm = (
  draft: EntryDraft,
  { market, intensity }: EntryFactors,
  indexOf: (factor: FactorReference) => number,
): NonNullable<EntryTerms['market']> => {
  if (market.rate !== 'location')
    return { rate: market.rate, gPerKwh: value(market.gPerKwh), tier: market.tier, factor: indexOf(market.factor) }
  const used = intensity.cells.filter((cell, hour): cell is Intensity => cell !== null && draft.marketMg[hour] !== null)
  const weakest = used.reduce((worst, cell) => (cell.tier > worst.tier ? cell : worst))
  return { rate: 'location', gPerKwh: null, tier: weakest.tier, factor: indexOf(weakest.factor) }
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
