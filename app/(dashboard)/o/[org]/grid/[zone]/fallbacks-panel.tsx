import { TierMark } from '@/components/figures/tier-mark'
import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel } from '@/components/ui/panel'
import { Status } from '@/components/ui/status'
import type { ZoneFallback } from '@/lib/rollups/zone-fallback'
import { fallbackWords, isVerified, statusWords } from '../words'

const COLUMNS: Column[] = [
  { key: 'kind', label: 'Stands in' },
  { key: 'value', label: '', unit: 'g/kWh', align: 'right', digits: 0, plain: 'published' },
  { key: 'year', label: 'Year', align: 'right', plain: 'time' },
  { key: 'tier', label: 'Grade' },
  { key: 'status', label: 'Status' },
  { key: 'factor', label: 'Factor' },
  { key: 'source', label: 'Source', width: 'wide' },
]

/** What an hour without hourly data falls back on, in the order in which it is believed. */
export function FallbacksPanel({ fallbacks }: { fallbacks: ZoneFallback[] }) {
  const rows = fallbacks.map(
    (fallback): Row => ({
      id: fallback.id,
      cells: {
        kind: {
          text: fallbackWords(fallback),
          node: <span className="whitespace-nowrap">{fallbackWords(fallback)}</span>,
        },
        value: fallback.gPerKwh,
        year: fallback.year === null ? null : { text: String(fallback.year), sort: fallback.year },
        tier: {
          text: String(fallback.tier),
          node: (
            <span className="flex items-center gap-1.5">
              <TierMark
                tier={fallback.tier}
                of="intensity"
                meaning={fallback.basis === 'lifecycle' ? 'life-cycle average, screening' : undefined}
              />
              {fallback.basis === 'lifecycle' ? 'screening' : null}
            </span>
          ),
        },
        status: {
          text: statusWords(fallback.status),
          node: <Status tone={isVerified(fallback.status) ? 'plain' : 'warn'}>{statusWords(fallback.status)}</Status>,
        },
        factor: {
          text: `${fallback.id}@${fallback.version}`,
          node: (
            <span className="font-mono text-meta whitespace-nowrap" title={fallback.name}>
              {`${fallback.id}@${fallback.version}`}
            </span>
          ),
        },
        source: {
          text: fallback.source,
          node: <span className="block min-w-80 py-1 text-muted">{fallback.source}</span>,
        },
      },
    }),
  )
  const [first] = fallbacks
  return (
    <Panel
      title={
        first
          ? `Without hourly data: ${fallbackWords(first).toLowerCase()}`
          : 'Without hourly data, hours of this zone are a gap'
      }
      meta="Direct before life cycle; the first that exists is taken. A life-cycle average is shown and kept out of Scope 2 rows"
    >
      <DataTable
        caption="Fallbacks of this zone"
        columns={COLUMNS}
        rows={rows}
        sortable={false}
        empty={<span className="text-muted">No profile and no annual factor is known for this zone.</span>}
      />
    </Panel>
  )
}
