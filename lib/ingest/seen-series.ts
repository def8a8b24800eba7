import type { SeenSeries } from '@/lib/contracts/mapping'
import { appPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { log } from '@/lib/log'
import { printable } from './mapping/map-series'
import type { WireSeries } from './wire/wire-series'

const MOST_METRICS = 100
const MOST_OF_A_METRIC = 5
const MOST_KEPT = 200
const MOST_LABELS = 40
const WRITE_AFTER_MS = 10_000

const shortened = (series: WireSeries): SeenSeries => ({
  metric: printable(series.metric) ?? '-',
  labels: series.labels
    .slice(0, MOST_LABELS)
    .map(({ name, value }) => [printable(name) ?? '-', printable(value) ?? '']),
  unit: printable(series.unit, 40),
  temporality: series.temporality,
  seenAt: Date.now(),
})

/**
 * Some series of each metric as they came, so that a mapping can be tried on real ones: rows of the ledger no longer hold their labels, and
 * what was left out has no rows at all. A convenience: written a while after the request, never in its way.
 */
export class SeenSeriesLog {
  private readonly byMetric = new Map<string, SeenSeries[]>()
  private timer: NodeJS.Timeout | null = null

  constructor(
    private readonly orgId: string,
    private readonly sourceId: string,
    before: SeenSeries[],
  ) {
    for (const one of before) this.keep(one)
  }

  add(series: WireSeries): void {
    if (!this.byMetric.has(series.metric) && this.byMetric.size >= MOST_METRICS) return
    this.keep(shortened(series))
    this.timer ??= setTimeout(() => void this.write(), WRITE_AFTER_MS).unref()
  }

  private keep(one: SeenSeries): void {
    const others = (this.byMetric.get(one.metric) ?? []).filter(
      (other) => JSON.stringify(other.labels) !== JSON.stringify(one.labels),
    )
    this.byMetric.set(one.metric, [one, ...others].slice(0, MOST_OF_A_METRIC))
  }

  list(): SeenSeries[] {
    return [...this.byMetric.values()]
      .flat()
      .sort((a, b) => b.seenAt - a.seenAt)
      .slice(0, MOST_KEPT)
  }

  async write(): Promise<void> {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    await withOrgSql(appPool(), this.orgId, (tx) =>
      tx.query(
        `update source set mapping = jsonb_set(mapping, '{seen}', $3::jsonb) where org_id = $1 and source_id = $2`,
        [this.orgId, this.sourceId, JSON.stringify(this.list())],
      ),
    ).catch((error: Error) => log.warn({ error: error.message }, 'the series last seen were not written'))
  }
}
