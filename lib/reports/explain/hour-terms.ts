import type { ExplainedMeasure } from '@/lib/contracts/explain'
import type { ExplainTerm, Product } from '@/lib/contracts/explain-answer'
import type { LineVectors } from '@/lib/rollups/explain-vectors'
import type { LedgerEntry } from '@/lib/rollups/ledger-entry'
import { facilityEnergyOf } from '@/lib/units/physics'
import { microwattHours, pue, value } from '@/lib/units/quantity'
import { gapWords } from '../words'

/** The 24 multiplications of an entry: for each hour the very numbers that were multiplied, and the ledger's integer. */

const GIVEN: Product = { by: 'given' }
const VECTOR = {
  location: 'location_mg',
  market: 'market_mg',
  energy: 'it_uwh',
  facility: 'facility_uwh',
  loss: 'loss_mg',
  upstream: 'upstream_mg',
  embodied: 'embodied_mg',
  water: 'water_ul',
  'source-water': 'source_water_ul',
} as const
export type SingleMeasure = keyof typeof VECTOR
export const isSingle = (measure: ExplainedMeasure): measure is SingleMeasure => measure in VECTOR

const emissions = (uwh: number | null, grams: number | null | undefined): Product =>
  uwh === null || grams === null || grams === undefined ? GIVEN : { by: 'emissions', uwh, g_per_kwh: grams }
const water = (uwh: number | null, litres: number | undefined): Product =>
  uwh === null || litres === undefined ? GIVEN : { by: 'water', uwh, l_per_kwh: litres }

const productOf = (measure: SingleMeasure, entry: LedgerEntry, vectors: LineVectors, hour: number): Product => {
  const { terms } = vectors
  const it = vectors.it_uwh[hour] ?? null
  const facility = vectors.facility_uwh[hour] ?? null
  const grams = entry.g_per_kwh[hour] ?? null
  switch (measure) {
    case 'energy':
      return GIVEN
    case 'facility':
      return liftedOf(it, entry.pue[hour] ?? null, facility)
    case 'location':
      return emissions(facility, grams)
    case 'market':
      return emissions(facility, terms.market?.rate === 'location' ? grams : terms.market?.gPerKwh)
    case 'upstream':
      return emissions(facility, terms.upstream?.gPerKwh)
    case 'loss': {
      const { loss } = terms
      if (loss?.fraction === null || loss?.fraction === undefined) return emissions(facility, loss?.gPerKwh)
      return facility === null || grams === null
        ? GIVEN
        : { by: 'losses', uwh: facility, g_per_kwh: grams, fraction: loss.fraction }
    }
    case 'water':
      return water(it, terms.water?.lPerKwh)
    case 'source-water':
      return water(facility, terms.sourceWater?.lPerKwh)
    case 'embodied': {
      const held = terms.embodied
      const ms = held?.reservedMs?.[hour]
      if (!held || ms === undefined) return GIVEN
      const { kgPerDevice, devices, lifeHours, plannedUse } = held
      return {
        by: 'embodied',
        kg_per_device: kgPerDevice,
        ms,
        devices,
        life_hours: lifeHours,
        planned_use: plannedUse,
      }
    }
  }
}

/** PUE lifts IT energy only; energy read at the facility boundary holds it already and is given. */
const liftedOf = (it: number | null, overhead: number | null, facility: number | null): Product => {
  if (it === null || overhead === null || facility === null) return GIVEN
  const lifted = value(facilityEnergyOf(microwattHours(it), pue(overhead)))
  return lifted === facility ? { by: 'facility', it_uwh: it, pue: overhead } : GIVEN
}

/** One term for each hour that says anything; an hour without a figure says why. */
export const hourTerms = (
  measure: SingleMeasure,
  entry: LedgerEntry,
  vectors: LineVectors,
  hours: readonly number[],
): ExplainTerm[] =>
  hours.flatMap((hour): ExplainTerm[] => {
    const exact = vectors[VECTOR[measure]][hour] ?? null
    const gap = entry.gap[hour] ?? null
    if (exact === null && gap === null && (vectors.facility_uwh[hour] ?? null) === null) return []
    return [
      {
        label: `${String(hour).padStart(2, '0')}:00`,
        product: exact === null ? GIVEN : productOf(measure, entry, vectors, hour),
        exact: exact === null ? null : String(exact),
        address: null,
        count: null,
        note: exact === null ? (gap === null ? 'a factor is not known' : gapWords(gap)) : null,
      },
    ]
  })

/** The sum of an entry's hours; null where none is known. */
export const vectorSum = (measure: SingleMeasure, vectors: LineVectors, hours: readonly number[]): bigint | null => {
  let sum: bigint | null = null
  for (const hour of hours) {
    const cell = vectors[VECTOR[measure]][hour] ?? null
    if (cell !== null) sum = (sum ?? 0n) + BigInt(cell)
  }
  return sum
}
