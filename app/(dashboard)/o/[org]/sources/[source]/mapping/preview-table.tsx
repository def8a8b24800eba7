'use client'
import { ErrorPanel } from '@/components/states/error-panel'
import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel } from '@/components/ui/panel'
import { Skeleton } from '@/components/ui/skeleton'
import { Status, type StatusTone } from '@/components/ui/status'
import type { MappingPreviewAnswer, PreviewRow } from '@/lib/contracts/mapping'
import { formatCount } from '@/lib/units/format'

const COLUMNS: Column[] = [
  { key: 'metric', label: 'Series' },
  { key: 'becomes', label: 'Becomes' },
  { key: 'meter', label: 'Meter' },
  { key: 'workload', label: 'Run or service' },
  { key: 'team', label: 'Team' },
  { key: 'model', label: 'Model' },
  { key: 'stage', label: 'Stage' },
  { key: 'site', label: 'Site' },
  { key: 'changed', label: 'Change' },
]

const TONE: Record<PreviewRow['becomes'], StatusTone> = {
  reading: 'verified',
  'functional units': 'verified',
  'left out': 'plain',
}
const WORD: Record<PreviewRow['becomes'], string> = {
  reading: 'Reading',
  'functional units': 'Functional units',
  'left out': 'Left out',
}

const MOST = 34
const shortened = (text: string | null) =>
  text === null ? null : { text: text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text, why: text }

const labelsOf = (row: PreviewRow): string =>
  Object.entries(row.labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ')

const rowOf = (row: PreviewRow, at: number): Row => {
  const said = [row.kind, row.unit, row.boundary === 'facility' ? 'facility' : null, row.component].filter(Boolean)
  return {
    id: `${row.metric} ${at}`,
    muted: row.becomes === 'left out',
    cells: {
      metric: {
        text: row.metric,
        why: labelsOf(row),
        node: (
          <span title={labelsOf(row)} className="font-mono text-micro">
            {row.metric}
          </span>
        ),
      },
      becomes: {
        text: WORD[row.becomes],
        why: row.because ?? row.rule ?? '',
        node: (
          <span title={row.because ?? row.rule ?? undefined}>
            <Status tone={TONE[row.becomes]}>{WORD[row.becomes]}</Status>
            {said.length > 0 && <span className="ml-2 text-meta text-muted">{said.join(', ')}</span>}
          </span>
        ),
      },
      meter: shortened(row.meter),
      workload: shortened(row.run ?? row.service),
      team: shortened(row.team),
      model: shortened(row.model),
      stage: row.stage,
      site: shortened(row.site ?? row.cloud_region),
      changed: row.changed
        ? { text: 'Changed', node: <Status tone="running">Changed</Status> }
        : { text: '', sort: 'z', muted: true },
    },
  }
}

/** What the series last seen would become: nothing of it is stored. */
export function PreviewTable({
  answer,
  error,
  isTried,
  onRetry,
}: {
  answer: MappingPreviewAnswer | undefined
  error: Error | null
  isTried: boolean
  onRetry: () => void
}) {
  const series = answer?.series ?? []
  const counted = series.filter((row) => row.becomes !== 'left out').length
  const changed = series.filter((row) => row.changed).length
  return (
    <Panel
      title={
        series.length === 0
          ? 'No series has been seen yet'
          : `${formatCount(counted)} of ${formatCount(series.length)} series counted${isTried ? `, ${formatCount(changed)} read otherwise than now` : ''}`
      }
      meta="Tried on series as they were last seen, some of each metric; hover a series for its labels"
    >
      {error ? (
        <ErrorPanel words="The mapping could not be tried." detail={error.message} onRetry={onRetry} />
      ) : answer === undefined ? (
        <Skeleton shape="table" rows={6} />
      ) : series.length === 0 ? (
        <p className="text-muted">They appear with the next request of the source.</p>
      ) : (
        <DataTable
          caption="Series under this mapping"
          columns={COLUMNS}
          rows={series.map(rowOf)}
          density={28}
          maxHeight="420"
        />
      )}
    </Panel>
  )
}
