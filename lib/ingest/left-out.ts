import { appPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { log } from '@/lib/log'
import { dayName } from '@/lib/units/time'
import { printable } from './mapping/map-series'

/** Metrics of one source beyond this are counted together. */
const MOST_METRICS = 300
const OTHERS = 'other metrics'
const WRITE_AFTER_MS = 5000

interface Counts {
  orgId: string
  sourceId: string
  /** `reason metric` → samples. */
  samples: Map<string, number>
}
let pending = new Map<string, Counts>()
let timer: NodeJS.Timeout | null = null

/**
 * Counts samples that are no energy, or whose energy another series tells. They are most of what Prometheus sends, so they are
 * added up here and written every few seconds: a crash loses the count of those, and no energy.
 */
export const countLeftOut = (
  { orgId, sourceId }: { orgId: string; sourceId: string },
  metric: string,
  reason: string,
  samples: number,
): void => {
  if (samples === 0) return
  const counts = pending.get(sourceId) ?? { orgId, sourceId, samples: new Map<string, number>() }
  pending.set(sourceId, counts)
  const key = `${reason} ${printable(metric) ?? '-'}`
  const kept = counts.samples.has(key) || counts.samples.size < MOST_METRICS ? key : `${reason} ${OTHERS}`
  counts.samples.set(kept, (counts.samples.get(kept) ?? 0) + samples)
  timer ??= setTimeout(() => void writeLeftOut(), WRITE_AFTER_MS).unref()
}

export const writeLeftOut = async (): Promise<void> => {
  if (timer) clearTimeout(timer)
  timer = null
  const written = pending
  pending = new Map()
  for (const { orgId, sourceId, samples } of written.values()) {
    const rows = [...samples].sort(([a], [b]) => (a < b ? -1 : 1))
    const split = rows.map(([key]) => [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)] as const)
    await withOrgSql(appPool(), orgId, (tx) =>
      tx.query(
        `insert into left_out_count as known (org_id, source_id, day, metric, reason, samples)
         select $1, $2, $3, * from unnest($4::text[], $5::text[], $6::bigint[])
         on conflict (org_id, source_id, day, metric, reason) do update set samples = known.samples + excluded.samples`,
        [
          orgId,
          sourceId,
          dayName(Date.now()),
          split.map(([, metric]) => metric),
          split.map(([reason]) => reason),
          rows.map(([, count]) => count),
        ],
      ),
    ).catch((error: Error) => log.warn({ error: error.message }, 'counts of what was left out were not written'))
  }
}
