import type { LostMonth, ModelStageMonth } from './model-stages'

/** The parts of a model's life in its order (METHOD §13). Development is all of them but inference. */
export const LIFE_PARTS = [
  'data-preparation',
  'training',
  'fine-tuning',
  'evaluation',
  'failed',
  'abandoned',
  'inference',
  'unassigned',
] as const
export type LifePart = (typeof LIFE_PARTS)[number]

export interface PartSums {
  /** Operational, location-based. */
  locationMg: bigint | null
  /** Upstream of the fuels and losses of the grid. */
  upstreamMg: bigint | null
  /** Amortised hardware. */
  embodiedMg: bigint | null
  facilityUwh: bigint | null
}

export interface ModelLife {
  parts: Map<LifePart, PartSums>
  /** Month → part → the same, for a chart. */
  months: Map<string, Map<LifePart, PartSums>>
  /** Σ of the parts, exact, and all together. */
  locationMg: bigint | null
  upstreamMg: bigint | null
  embodiedMg: bigint | null
  totalMg: bigint | null
  /** Operational emissions before and after the model serves. */
  developmentMg: bigint | null
  inferenceMg: bigint | null
  facilityUwh: bigint | null
  waterUl: bigint | null
  sourceWaterUl: bigint | null
  /** Share of the energy whose hardware is known: 1 where the embodied sum is whole. The same for water. */
  embodiedCoverage: number | null
  waterCoverage: number | null
  provisional: boolean
  /** Stages out of which something was lost: their part is less than the stage. */
  lostFrom: ReadonlySet<string | null>
}

const partOf = (stage: string | null): LifePart =>
  LIFE_PARTS.find((part) => part === stage && part !== 'failed' && part !== 'abandoned') ?? 'unassigned'

export const sumKnown = (amounts: readonly (bigint | null)[]): bigint | null => {
  const known = amounts.filter((amount) => amount !== null)
  return known.length === 0 ? null : known.reduce((all, amount) => all + amount, 0n)
}
/** The rest of a whole; a part of which nothing is known takes nothing away. */
const less = (whole: bigint | null, part: bigint | null): bigint | null =>
  whole === null || part === null ? whole : whole - part

const NOTHING: PartSums = { locationMg: null, upstreamMg: null, embodiedMg: null, facilityUwh: null }
const together = (one: PartSums, other: PartSums): PartSums => ({
  locationMg: sumKnown([one.locationMg, other.locationMg]),
  upstreamMg: sumKnown([one.upstreamMg, other.upstreamMg]),
  embodiedMg: sumKnown([one.embodiedMg, other.embodiedMg]),
  facilityUwh: sumKnown([one.facilityUwh, other.facilityUwh]),
})
type Sums = Pick<ModelStageMonth, 'location_mg' | 'upstream_mg' | 'loss_mg' | 'embodied_mg' | 'facility_uwh'>
const asSums = (row: Sums): PartSums => ({
  locationMg: row.location_mg,
  upstreamMg: sumKnown([row.upstream_mg, row.loss_mg]),
  embodiedMg: row.embodied_mg,
  facilityUwh: row.facility_uwh,
})

/**
 * The life of one model from its rows: what failed or was given up is taken out of its stage and stands apart, so that the parts add up to
 * the cube to the milligram.
 */
export const modelLife = (rows: readonly ModelStageMonth[], lost: readonly LostMonth[]): ModelLife => {
  const parts = new Map<LifePart, PartSums>()
  const months = new Map<string, Map<LifePart, PartSums>>()
  const put = (month: string, part: LifePart, sums: PartSums) => {
    const ofMonth = months.get(month) ?? new Map<LifePart, PartSums>()
    months.set(month, ofMonth)
    ofMonth.set(part, together(ofMonth.get(part) ?? NOTHING, sums))
    parts.set(part, together(parts.get(part) ?? NOTHING, sums))
  }
  for (const row of rows) {
    const gone = lost.filter((one) => one.month === row.month && one.stage === row.stage)
    const rest = gone.reduce<PartSums>((left, one) => {
      put(row.month, one.outcome, asSums(one))
      return {
        locationMg: less(left.locationMg, one.location_mg),
        upstreamMg: less(left.upstreamMg, sumKnown([one.upstream_mg, one.loss_mg])),
        embodiedMg: less(left.embodiedMg, one.embodied_mg),
        facilityUwh: less(left.facilityUwh, one.facility_uwh),
      }
    }, asSums(row))
    // A stage of which nothing but failed runs is left has no row of its own.
    const isEmpty = gone.length > 0 && !rest.facilityUwh && !rest.locationMg && !rest.embodiedMg && !rest.upstreamMg
    if (!isEmpty) put(row.month, partOf(row.stage), rest)
  }
  const all = [...parts.values()]
  const locationMg = sumKnown(all.map((part) => part.locationMg))
  const upstreamMg = sumKnown(all.map((part) => part.upstreamMg))
  const embodiedMg = sumKnown(all.map((part) => part.embodiedMg))
  const facilityUwh = sumKnown(rows.map((row) => row.facility_uwh))
  const shareOf = (part: bigint | null): number | null =>
    part === null || facilityUwh === null || facilityUwh === 0n ? null : Number(part) / Number(facilityUwh)
  return {
    parts,
    months,
    locationMg,
    upstreamMg,
    embodiedMg,
    totalMg: sumKnown([locationMg, upstreamMg, embodiedMg]),
    developmentMg: sumKnown([...parts].map(([part, sums]) => (isDevelopment(part) ? sums.locationMg : null))),
    inferenceMg: parts.get('inference')?.locationMg ?? null,
    facilityUwh,
    waterUl: sumKnown(rows.map((row) => row.water_ul)),
    sourceWaterUl: sumKnown(rows.map((row) => row.source_water_ul)),
    embodiedCoverage: shareOf(sumKnown(rows.map((row) => row.embodied_facility_uwh))),
    waterCoverage: shareOf(sumKnown(rows.map((row) => row.water_facility_uwh))),
    provisional: rows.some((row) => row.provisional),
    lostFrom: new Set(lost.map((row) => row.stage)),
  }
}

export const isDevelopment = (part: LifePart): boolean => part !== 'inference' && part !== 'unassigned'
