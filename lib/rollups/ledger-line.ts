import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, exactIntegerOrNull, instantText } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { entryIdOfLine, ledgerLineId } from '@/lib/ledger/entries'
import { LEDGER_ENTRY_COLUMNS, LEDGER_ENTRY_TABLES, type LedgerEntry, ledgerEntryRow } from './ledger-entry'

const revisionRow = z.object({
  revision: z.number().int(),
  is_current: z.boolean(),
  status: z.enum(['provisional', 'settled']),
  posted_at: instantText,
  method_version: z.string(),
  input_sha256: z.string(),
  facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
})
export type LineRevision = z.output<typeof revisionRow>

const seriesRow = z.object({
  series_id: z.string(),
  meter: z.string(),
  kind: z.string(),
  unit: z.string(),
  boundary: z.enum(['it', 'facility']),
  source: z.string(),
})
export type LineSeries = z.output<typeof seriesRow>

const batchRow = z.object({
  batch_id: z.string(),
  received_at: instantText,
  starts_at: instantText,
  ends_at: instantText,
  readings: z.number().int(),
  sha256: z.string(),
  all_batches: count,
})
export type LineBatch = z.output<typeof batchRow>

export interface LineDetail {
  /** As it is written on the wire. */
  id: string
  /** The current revision; the newest one when none is current. */
  entry: LedgerEntry
  revisions: LineRevision[]
  series: LineSeries[]
  /** The newest of them. */
  batches: LineBatch[]
  batchCount: number
}

const MOST_BATCHES = 50

/** What one ledger line rests on; null for what names no entry of this organisation. Leans on entry_by_id and batch_day. */
export const ledgerLine = async (tx: OrgTx, lineId: string): Promise<LineDetail | null> => {
  const entryId = entryIdOfLine(lineId)
  if (entryId === null) return null
  const [entry] = await query(tx, {
    name: 'ledger.line',
    row: ledgerEntryRow,
    sql: Prisma.sql`
      select ${LEDGER_ENTRY_COLUMNS}
      from ${LEDGER_ENTRY_TABLES}
      where e.org_id = app_org() and e.entry_id = ${entryId}::uuid
      order by e.is_current desc, e.revision desc
      limit 1`,
  })
  if (!entry) return null
  const revisions = await query(tx, {
    name: 'ledger.line_revisions',
    row: revisionRow,
    sql: Prisma.sql`
      select e.revision, e.is_current, e.status, e.posted_at, e.method_version, encode(e.input_sha256, 'hex') as input_sha256,
        e.total_facility_uwh as facility_uwh, e.total_location_mg as location_mg
      from entry e
      where e.org_id = app_org() and e.entry_id = ${entryId}::uuid
      order by e.revision desc`,
  })
  const series = await query(tx, {
    name: 'ledger.line_series',
    row: seriesRow,
    sql: Prisma.sql`
      select s.series_id, s.meter, s.kind, s.unit, s.boundary, o.name as source
      from series s
      join source o on o.org_id = s.org_id and o.source_id = s.source_id
      where s.org_id = app_org() and s.series_id = any(${entry.series_ids}::uuid[])
      order by s.boundary desc, s.meter, s.series_id`,
  })
  const batches = await query(tx, {
    name: 'ledger.line_batches',
    row: batchRow,
    sql: Prisma.sql`
      select b.batch_id, b.received_at, b.starts_at, b.ends_at, b.readings, encode(b.sha256, 'hex') as sha256,
        count(*) over () as all_batches
      from batch_day d
      join reading_batch b on b.org_id = d.org_id and b.batch_id = d.batch_id
      where d.org_id = app_org() and d.day = ${entry.day}::date and (b.series_ids && ${entry.series_ids}::uuid[] or b.series_set && (
          select range_agg(int4range(s.number, s.number + 1)) from series s
          where s.org_id = app_org() and s.series_id = any(${entry.series_ids}::uuid[]) and s.number is not null))
        and (${entry.unallocated} or ${entry.attribution_id}::uuid = any(b.attribution_ids) or b.attribution_set @> (
          select a.number from attribution a where a.org_id = app_org() and a.attribution_id = ${entry.attribution_id}::uuid))
      order by b.received_at desc, b.batch_id
      limit ${MOST_BATCHES}`,
  })
  return {
    id: ledgerLineId(entry.entry_id),
    entry,
    revisions,
    series,
    batches,
    batchCount: batches[0]?.all_batches ?? 0,
  }
}
