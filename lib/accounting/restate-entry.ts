import { type MicrowattHours, microwattHours, pue } from '@/lib/units/quantity'
import type { Cells, EntryDraft } from './entries'
import { type EntryFactors, entryDraft } from './entry-draft'
import type { EntryEnergy } from './entry-energy'
import type { FactorReference } from './facts'
import { everyHour } from './hour-cells'
import type { MeterSum } from './meter-sum'
import type { Overhead } from './overhead'

/**
 * A posted entry with other intensities and constants: its own energies and overheads multiplied anew, by the very code that made it, so the
 * bytes are those of posting. PURE.
 * @param standing the overheads of now where no meter of the site gives them
 * @returns null where the entry alone does not tell: its hardware was not known and now is, so for how
 * long it was reserved stands in the readings only.
 */
export const restateEntry = (entry: EntryDraft, by: EntryFactors, standing: Overhead[]): EntryDraft | null => {
  const { embodied } = entry.terms
  if (by.hardware !== null && !entry.unallocated && embodied === null) return null
  const energy: Cells<EntryEnergy> = everyHour((hour) => {
    const facility = microwatts(entry.facilityUwh[hour])
    if (facility === null) return null
    const factor = entry.overheadFactor[hour] ?? null
    const tier = entry.overheadTier[hour] ?? null
    const used = entry.pue[hour] ?? null
    const applied = used === null ? null : pue(used)
    const reference = factor === null ? undefined : referenceOf(entry.factors[factor], standing[hour])
    return {
      it: microwatts(entry.itUwh[hour]),
      facility,
      pue: applied,
      overhead: applied && reference && tier !== null ? { pue: applied, tier, factor: reference } : null,
    }
  })
  const meters: MeterSum = {
    kwh: everyHour(() => null),
    tier: entry.energyTier,
    // An hour with energy has only the gap of its intensity, which is looked up anew.
    gap: everyHour((hour) => (energy[hour] ? null : (entry.gap[hour] ?? null))),
    coveredMs: entry.coveredMs,
    elapsedMs: entry.elapsedMs,
    // What only the reading of meters asks for.
    whole: everyHour(() => false),
    heldMs: embodied?.reservedMs ?? everyHour(() => 0),
    firstAt: entry.firstAt,
    lastAt: entry.lastAt,
    seriesIds: entry.seriesIds,
  }
  return entryDraft({ attribution: entry.attribution, unallocated: entry.unallocated }, meters, energy, by)
}

/** The reference as the core writes it: in the order of its own fields, which a stored one has lost. */
const referenceOf = (
  used: FactorReference | undefined,
  standing: Overhead | undefined,
): FactorReference | undefined => {
  if (used === undefined || used.id === standing?.factor.id) return standing?.factor
  const { id, version, name, source, basis } = used
  return { id, version, name, source, basis }
}

const microwatts = (cell: number | null | undefined): MicrowattHours | null =>
  cell == null ? null : microwattHours(cell)
