'use client'
import type { ExplainAnswer, ExplainBatch } from '@/lib/contracts/explain-answer'
import { formatCount, formatInstant } from '@/lib/units/format'
import { Sparkline } from '../charts/sparkline'
import type { Row } from '../tables/cells'
import { DataTable } from '../tables/data-table'
import { MoreButton } from './more-button'
import { useMore } from './use-more'

type Readings = NonNullable<ExplainAnswer['readings']>

/** `96 readings of 2 meters` */
export const readingsWords = ({ count, series }: Readings): string =>
  `${formatCount(count)} ${count === 1 ? 'reading' : 'readings'} of ${formatCount(series)} ${series === 1 ? 'meter' : 'meters'}`

const KIND: Record<string, string> = { power: 'power', counter: 'counter', delta: 'energy' }
const clipped = (text: string, width: string) => (
  <span className={`block truncate ${width}`} title={text}>
    {text}
  </span>
)

/** Raw readings as the meters gave them, and the requests that carried them. */
export function ExplainReadings({ org, answer, readings }: { org: string; answer: ExplainAnswer; readings: Readings }) {
  const { pages, more, ...state } = useMore(
    { org, address: answer.address, key: 'readings_after' },
    readings,
    (next) => next.readings,
  )
  const rows = pages.flatMap((page) => page.rows)
  const batches = new Map(pages.flatMap((page) => page.batches).map((batch) => [batch.batch_id, batch]))
  const [meter, ...others] = new Set(rows.map((row) => row.meter))
  const alone = meter !== undefined && others.length === 0 && rows.length > 2
  return (
    <>
      {alone && (
        <div className="mb-2">
          <Sparkline
            values={rows.map((row) => row.value)}
            label={`${rows.length} readings of ${meter} in order of time`}
            width_px={456}
            height_px={36}
          />
        </div>
      )}
      <DataTable
        caption="Raw readings"
        density={28}
        sortable={false}
        maxHeight="420"
        columns={[
          { key: 'at', label: 'At, UTC' },
          { key: 'value', label: 'Value', align: 'right', plain: 'read' },
          { key: 'unit', label: 'Unit' },
          { key: 'kind', label: 'Kind' },
          { key: 'meter', label: 'Meter' },
          { key: 'batch', label: 'Request' },
        ]}
        rows={rows.map((row, at): Row => {
          const batch = batches.get(row.batch_id)
          return {
            id: `${row.at} ${row.meter} ${row.batch_id} ${at}`,
            muted: row.outside,
            cells: {
              at: {
                text: row.at.slice(0, 19).replace('T', ' '),
                why: row.start
                  ? `From ${row.start} to ${row.at}`
                  : row.outside
                    ? 'The nearest reading outside the day: energy flows between readings'
                    : row.at,
              },
              value: { text: String(row.value) },
              unit: row.unit,
              kind: KIND[row.kind] ?? row.kind,
              meter: { text: row.meter, node: clipped(row.meter, 'max-w-36') },
              batch: { text: batch ? `${batch.sha256.slice(0, 8)}…` : null, why: batch?.sha256, mono: true },
            },
          }
        })}
        empty={<span className="text-muted">No reading of its meters lies in this day.</span>}
      />
      <MoreButton
        shown={`${formatCount(rows.length)} of ${formatCount(readings.count)} shown`}
        onMore={more}
        {...state}
      />
      <Requests batches={[...batches.values()]} />
    </>
  )
}

function Requests({ batches }: { batches: readonly ExplainBatch[] }) {
  if (batches.length === 0) return null
  return (
    <div className="mt-3">
      <p className="mb-1 text-meta text-muted">Requests that carried them</p>
      <DataTable
        caption="Requests"
        density={28}
        sortable={false}
        columns={[
          { key: 'received', label: 'Received, UTC' },
          { key: 'source', label: 'Source' },
          { key: 'readings', label: 'Readings', align: 'right', plain: 'count' },
          { key: 'batch', label: 'Batch' },
          { key: 'sha', label: 'SHA-256' },
        ]}
        rows={batches.map((batch) => ({
          id: batch.batch_id,
          cells: {
            received: formatInstant(batch.received_at).replaceAll(' ', '\u00a0'),
            source: { text: batch.source, node: clipped(`${batch.source} (${batch.protocol})`, 'max-w-36') },
            readings: formatCount(batch.readings),
            batch: { text: `…${batch.batch_id.slice(-8)}`, why: batch.batch_id, mono: true },
            sha: {
              text: batch.sha256,
              node: (
                <span className="block max-w-40 truncate font-mono text-meta" title={batch.sha256}>
                  {batch.sha256}
                </span>
              ),
            },
          },
        }))}
      />
    </div>
  )
}
