import { createHash } from 'node:crypto'
import { type EntryDraft, METHOD_VERSION, NO_TERMS } from '@/lib/accounting/entries'
import { contentId } from '@/lib/db/ids'
import type { Tx } from '@/lib/db/with-org-sql'

export type EntryStatus = 'provisional' | 'settled'

interface CurrentRow {
  attribution_id: string
  unallocated: boolean
  revision: number
  status: EntryStatus
  input_sha256: Buffer
}

/** The id of an entry through all of its revisions. */
export const entryIdOf = (orgId: string, day: string, attributionId: string, unallocated: boolean): string =>
  contentId('entry', [orgId, day, attributionId, unallocated])

/** How an entry is named on the wire. */
export const ledgerLineId = (entryId: string): string => `led_${entryId.replaceAll('-', '')}`
export const entryIdOfLine = (line: string): string | null => {
  const match = /^led_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(line)
  return match ? match.slice(1).join('-') : null
}

const known = (cells: (number | null)[]): number[] => cells.filter((cell): cell is number => cell !== null)
/** Sum of the known cells, exact; null when none is known. */
export const totalOf = (cells: (number | null)[]): bigint | null => {
  const values = known(cells)
  return values.length === 0 ? null : values.reduce((sum, cell) => sum + BigInt(cell), 0n)
}

const digestOf = (draft: EntryDraft): Buffer => {
  const { attribution: _, ...content } = draft
  return createHash('sha256').update(METHOD_VERSION).update(JSON.stringify(content)).digest()
}

const COLUMNS = `it_uwh, facility_uwh, location_mg, pue, g_per_kwh, energy_tier, overhead_tier, intensity_tier, screening,
  intensity_factor, overhead_factor, factors, gap, covered_ms, elapsed_ms, total_it_uwh, total_facility_uwh, total_location_mg,
  market_mg, loss_mg, upstream_mg, embodied_mg, water_ul, source_water_ul, terms, total_market_mg, total_loss_mg,
  total_upstream_mg, total_embodied_mg, total_water_ul, total_source_water_ul, first_at, last_at, series_ids, method_version,
  input_sha256`

const valuesOf = (draft: EntryDraft, digest: Buffer): unknown[] => [
  draft.itUwh,
  draft.facilityUwh,
  draft.locationMg,
  draft.pue,
  draft.gPerKwh,
  draft.energyTier,
  draft.overheadTier,
  draft.intensityTier,
  draft.screening,
  draft.intensityFactor,
  draft.overheadFactor,
  JSON.stringify(draft.factors),
  draft.gap,
  draft.coveredMs,
  draft.elapsedMs,
  totalOf(draft.itUwh)?.toString() ?? null,
  totalOf(draft.facilityUwh)?.toString() ?? null,
  totalOf(draft.locationMg)?.toString() ?? null,
  draft.marketMg,
  draft.lossMg,
  draft.upstreamMg,
  draft.embodiedMg,
  draft.waterUl,
  draft.sourceWaterUl,
  JSON.stringify(draft.terms),
  totalOf(draft.marketMg)?.toString() ?? null,
  totalOf(draft.lossMg)?.toString() ?? null,
  totalOf(draft.upstreamMg)?.toString() ?? null,
  totalOf(draft.embodiedMg)?.toString() ?? null,
  totalOf(draft.waterUl)?.toString() ?? null,
  totalOf(draft.sourceWaterUl)?.toString() ?? null,
  draft.firstAt === null ? null : new Date(draft.firstAt),
  draft.lastAt === null ? null : new Date(draft.lastAt),
  draft.seriesIds,
  METHOD_VERSION,
  digest,
]

const EMPTY: (null | number)[] = Array.from({ length: 24 }, () => null)
/** A settled entry whose evidence is now attributed elsewhere: its next revision says nothing, and says so. */
const voided = (): EntryDraft => ({
  attribution: -1,
  unallocated: false,
  itUwh: EMPTY,
  facilityUwh: EMPTY,
  locationMg: EMPTY,
  marketMg: EMPTY,
  lossMg: EMPTY,
  upstreamMg: EMPTY,
  embodiedMg: EMPTY,
  waterUl: EMPTY,
  sourceWaterUl: EMPTY,
  terms: NO_TERMS,
  pue: EMPTY,
  gPerKwh: EMPTY,
  energyTier: EMPTY as EntryDraft['energyTier'],
  overheadTier: EMPTY as EntryDraft['overheadTier'],
  intensityTier: EMPTY as EntryDraft['intensityTier'],
  screening: EMPTY as EntryDraft['screening'],
  factors: [],
  intensityFactor: EMPTY,
  overheadFactor: EMPTY,
  gap: EMPTY as EntryDraft['gap'],
  coveredMs: EMPTY.map(() => 0),
  elapsedMs: EMPTY.map(() => 0),
  firstAt: null,
  lastAt: null,
  seriesIds: [],
})

/**
 * Brings a day's entries to what the evidence says now. A provisional entry is replaced in place; a settled one is never touched:
 * a different result becomes its next revision. Returns how many entries changed.
 */
export const writeEntries = async (
  tx: Tx,
  orgId: string,
  day: string,
  status: EntryStatus,
  drafts: { attributionId: string; draft: EntryDraft }[],
): Promise<number> => {
  const { rows } = await tx.query<CurrentRow>(
    `select attribution_id, unallocated, revision, status, input_sha256 from entry
     where org_id = $1 and day = $2 and is_current`,
    [orgId, day],
  )
  const current = new Map(rows.map((row) => [`${row.attribution_id} ${row.unallocated}`, row]))
  let changed = 0
  for (const { attributionId, draft } of drafts) {
    const key = `${attributionId} ${draft.unallocated}`
    changed += await writeEntry(tx, { orgId, day, status, attributionId, draft }, current.get(key))
    current.delete(key)
  }
  for (const row of current.values()) {
    const attributionId = row.attribution_id
    if (row.status === 'provisional') {
      await tx.query(
        `delete from entry where org_id = $1 and day = $2 and attribution_id = $3 and unallocated = $4 and revision = $5`,
        [orgId, day, attributionId, row.unallocated, row.revision],
      )
      changed++
    } else {
      const draft = { ...voided(), unallocated: row.unallocated }
      changed += await writeEntry(tx, { orgId, day, status, attributionId, draft }, row)
    }
  }
  return changed
}

interface Target {
  orgId: string
  day: string
  status: EntryStatus
  attributionId: string
  draft: EntryDraft
}

const writeEntry = async (tx: Tx, target: Target, row: CurrentRow | undefined): Promise<number> => {
  const { orgId, day, status, attributionId, draft } = target
  const digest = digestOf(draft)
  const key = [orgId, day, attributionId, draft.unallocated]
  if (row?.status === 'settled' && row.input_sha256.equals(digest)) return 0
  if (row?.status === 'provisional') {
    if (row.input_sha256.equals(digest) && row.status === status) return 0
    const values = valuesOf(draft, digest)
    await tx.query(
      `update entry set (${COLUMNS}, status, posted_at) =
         (${values.map((_, index) => `$${index + 6}`).join(', ')}, $${values.length + 6}, now())
       where org_id = $1 and day = $2 and attribution_id = $3 and unallocated = $4 and revision = $5`,
      [...key, row.revision, ...values, status],
    )
    return 1
  }
  if (row) {
    await tx.query(
      `update entry set is_current = false
       where org_id = $1 and day = $2 and attribution_id = $3 and unallocated = $4 and revision = $5`,
      [...key, row.revision],
    )
  }
  const values = valuesOf(draft, digest)
  await tx.query({
    name: 'ledger.insert_entry',
    text: `insert into entry (org_id, day, attribution_id, unallocated, revision, entry_id, status, is_current, posted_at, ${COLUMNS})
     values ($1, $2, $3, $4, $5, $6, $7, true, now(), ${values.map((_, index) => `$${index + 8}`).join(', ')})`,
    values: [
      ...key,
      (row?.revision ?? 0) + 1,
      entryIdOf(orgId, day, attributionId, draft.unallocated),
      status,
      ...values,
    ],
  })
  return 1
}
