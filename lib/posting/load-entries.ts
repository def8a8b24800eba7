import { type EntryDraft, METHOD_VERSION } from '@/lib/accounting/entries'
import type { Tx } from '@/lib/db/with-org-sql'

interface EntryRecord {
  attribution_id: string
  unallocated: boolean
  it_uwh: (bigint | null)[]
  facility_uwh: (bigint | null)[]
  pue: (number | null)[]
  energy_tier: EntryDraft['energyTier']
  overhead_tier: EntryDraft['overheadTier']
  overhead_factor: (number | null)[]
  gap: EntryDraft['gap']
  covered_ms: bigint[]
  elapsed_ms: bigint[]
  factors: EntryDraft['factors']
  terms: EntryDraft['terms']
  first_at: Date | null
  last_at: Date | null
  series_ids: string[]
  method_version: string
}

/** A day's current entries that say something, with what of them does not rest on an intensity. Null where another method made one. */
export const loadEntries = async (
  tx: Tx,
  orgId: string,
  day: string,
): Promise<{ attributionId: string; entry: EntryDraft }[] | null> => {
  const { rows } = await tx.query<EntryRecord>({
    name: 'posting.entries',
    text: `/* posting.entries */
     select attribution_id, unallocated, it_uwh, facility_uwh, pue, energy_tier, overhead_tier, overhead_factor, gap, covered_ms, elapsed_ms,
       factors, terms, first_at, last_at, series_ids, method_version
     from entry where org_id = $1 and day = $2 and is_current order by attribution_id, unallocated`,
    values: [orgId, day],
  })
  const telling = rows.filter((row) => row.facility_uwh.some(isKnown) || row.gap.some(isKnown))
  if (telling.some((row) => row.method_version !== METHOD_VERSION)) return null
  return telling.map((row, attribution) => ({
    attributionId: row.attribution_id,
    entry: {
      ...UNKNOWN,
      attribution,
      unallocated: row.unallocated,
      itUwh: row.it_uwh.map(asNumber),
      facilityUwh: row.facility_uwh.map(asNumber),
      terms: row.terms,
      pue: row.pue,
      energyTier: row.energy_tier,
      overheadTier: row.overhead_tier,
      overheadFactor: row.overhead_factor,
      factors: row.factors,
      gap: row.gap,
      coveredMs: row.covered_ms.map(Number),
      elapsedMs: row.elapsed_ms.map(Number),
      firstAt: row.first_at?.getTime() ?? null,
      lastAt: row.last_at?.getTime() ?? null,
      seriesIds: row.series_ids,
    },
  }))
}

const isKnown = (cell: unknown): boolean => cell !== null
/** Entry-hours stay below 2^53. */
const asNumber = (cell: bigint | null): number | null => (cell === null ? null : Number(cell))

const NOTHING: null[] = Array.from({ length: 24 }, () => null)
/** What is computed anew. */
const UNKNOWN = {
  ...{ locationMg: NOTHING, marketMg: NOTHING, lossMg: NOTHING, upstreamMg: NOTHING, embodiedMg: NOTHING },
  ...{ waterUl: NOTHING, sourceWaterUl: NOTHING, gPerKwh: NOTHING, intensityTier: NOTHING, screening: NOTHING },
  intensityFactor: NOTHING,
}
