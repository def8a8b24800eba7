import type { ExplainAnswer } from '@/lib/contracts/explain-answer'
import type { RawReadings } from '@/lib/rollups/explain-readings'
import { isoInstant } from '@/lib/units/time'

export const READINGS_A_PAGE = 100

export const wireReadings = (read: RawReadings): ExplainAnswer['readings'] => ({
  count: read.count,
  series: read.series,
  rows: read.rows.map((row) => ({
    at: isoInstant(row.at),
    start: row.start === null ? null : isoInstant(row.start),
    value: row.value,
    unit: row.unit,
    kind: row.kind,
    meter: row.meter,
    outside: row.outside,
    batch_id: row.batchId,
  })),
  batches: read.batches.map((batch) => ({
    batch_id: batch.batchId,
    sha256: batch.sha256,
    received_at: batch.receivedAt,
    source: batch.source,
    protocol: batch.protocol,
    readings: batch.readings,
  })),
  next_cursor: read.nextCursor,
})
