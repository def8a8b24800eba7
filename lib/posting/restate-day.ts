import { dayTables } from '@/lib/accounting/day-tables'
import type { EntryDraft } from '@/lib/accounting/entries'
import type { Overhead } from '@/lib/accounting/overhead'
import { restateEntry } from '@/lib/accounting/restate-entry'
import type { Tx } from '@/lib/db/with-org-sql'
import { organizationTables } from '@/lib/factors/organization-tables'
import type { ReferenceTables } from '@/lib/grid/zone-of'
import { writeEntries } from '@/lib/ledger/entries'
import { DAY, dayOf } from '@/lib/units/time'
import { loadConstants } from './load-day'
import { loadEntries } from './load-entries'
import { SETTLES_AFTER, writeCubes } from './post-day'

/**
 * A day after a revision of intensities, residual mixes, losses, upstream or water: its entries' stored energies are multiplied anew, without a
 * look at any reading, and give the bytes that posting would. The caller holds the day, and knows that nothing else has changed. Returns
 * how many entries changed; null where the entries alone do not tell, and the day must be posted: a site's CUE is made of hours
 * that only its meters know, another overhead changes energy, and another method makes other entries.
 */
export const restateDay = async (
  tx: Tx,
  orgId: string,
  day: string,
  { tables: shared, now }: { tables: ReferenceTables; now: number },
): Promise<number | null> => {
  const { rows } = await tx.query('select 1 from facility_day where org_id = $1 and day = $2 limit 1', [orgId, day])
  if (rows.length > 0) return null
  const posted = await loadEntries(tx, orgId, day)
  if (posted === null) return null
  const tables = await organizationTables(tx, orgId, shared)
  const attributionIds = posted.map(({ attributionId }) => attributionId)
  const facts = await loadConstants(tx, orgId, dayOf(day), { attributionIds, tables })
  const { factorsOf, overheadOf } = dayTables(facts, [])
  const drafts: { attributionId: string; draft: EntryDraft }[] = []
  for (const { attributionId, entry } of posted) {
    const standing = overheadOf(entry.attribution)
    if (!hasOverheads(entry, standing)) return null
    const draft = restateEntry(entry, factorsOf(entry.attribution), standing)
    if (draft === null) return null
    drafts.push({ attributionId, draft })
  }
  const isSettled = now >= dayOf(day) + DAY + SETTLES_AFTER
  const changed = await writeEntries(tx, orgId, day, isSettled ? 'settled' : 'provisional', drafts)
  if (changed > 0) await writeCubes(tx, orgId, day)
  return changed
}

/** Whether the overheads that the entry was lifted by are those of now. What a site's meters gave stands as long as no reading came. */
const hasOverheads = (entry: EntryDraft, standing: Overhead[]): boolean =>
  entry.overheadFactor.every((index, hour) => {
    if (index === null) return true
    const used = entry.factors[index]
    const now = standing[hour]
    if (used?.id.startsWith('site-pue:')) return true
    return used?.id === now?.factor.id && used?.version === now?.factor.version && entry.pue[hour] === now?.pue
  })
