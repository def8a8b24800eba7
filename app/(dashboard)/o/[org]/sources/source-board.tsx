'use client'
import { Refusal } from '@/components/forms/call-api'
import { ErrorPanel } from '@/components/states/error-panel'
import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel } from '@/components/ui/panel'
import { Status } from '@/components/ui/status'
import type { SourcesAnswer, SourceView } from '@/lib/contracts/sources'
import { formatCount, formatInstant, formatPercent } from '@/lib/units/format'
import { useSources } from './use-sources'
import { ageWords, lagWords, protocolName, rateWords, refusedOf, sourceName, stateWords } from './words'

const COLUMNS: Column[] = [
  { key: 'name', label: 'Source' },
  { key: 'protocol', label: 'Type' },
  { key: 'state', label: 'State' },
  { key: 'last', label: 'Last event', align: 'right', plain: 'time' },
  { key: 'rate', label: 'Readings/min', align: 'right', plain: 'count' },
  { key: 'day', label: 'Readings, 24 h', align: 'right', plain: 'count' },
  { key: 'lag', label: 'Lag p50, p95', align: 'right', plain: 'time' },
  { key: 'rejected', label: 'Rejected, 7 days', align: 'right', plain: 'count' },
  { key: 'left', label: 'Left out, 7 days', align: 'right', plain: 'count' },
  { key: 'coverage', label: 'Coverage', align: 'right', plain: 'count' },
]

const ORDER = { refusing: 0, silent: 1, late: 2, live: 3 } as const

const rowOf = (org: string, source: SourceView, now: string): Row => {
  const state = stateWords(source.state)
  const last = source.last_received_at
  const refused = refusedOf(source)
  const [p50, p95] = [lagWords(source.lag_p50_s), lagWords(source.lag_p95_s)]
  const zero = { text: '0', sort: 0, muted: true }
  return {
    id: source.source_id,
    cells: {
      name: { text: sourceName(source), href: `/o/${org}/sources/${source.source_id}` },
      protocol: protocolName(source.protocol),
      state: { text: state.word, sort: ORDER[source.state], node: <Status tone={state.tone}>{state.word}</Status> },
      last:
        last === null
          ? { text: null, why: 'Every request was refused' }
          : { text: ageWords(last, now), sort: -Date.parse(last), why: `${formatInstant(last)} UTC` },
      rate:
        source.readings_per_min === null
          ? { text: null, why: 'No request in the last quarter of an hour' }
          : { text: rateWords(source.readings_per_min), sort: source.readings_per_min },
      day: {
        text: `${source.readings_24h_at_least ? '≥ ' : ''}${formatCount(source.readings_24h)}`,
        sort: source.readings_24h,
        muted: source.readings_24h === 0,
      },
      lag: p50 === null || p95 === null ? null : { text: `${p50}, ${p95}`, sort: source.lag_p95_s },
      rejected:
        refused === 0
          ? zero
          : { text: formatCount(refused), sort: refused, href: `/o/${org}/sources/${source.source_id}/rejected` },
      left:
        source.left_out_7d === 0
          ? zero
          : {
              text: formatCount(source.left_out_7d),
              sort: source.left_out_7d,
              href: `/o/${org}/sources/${source.source_id}/rejected`,
            },
      coverage:
        source.coverage === null
          ? { text: null, why: 'No posted time of its sites in the last 7 days' }
          : { text: formatPercent(source.coverage), sort: source.coverage, why: source.sites.join(', ') },
    },
  }
}

const titleOf = (sources: readonly SourceView[]): string => {
  const inState = (state: SourceView['state']) => sources.filter((one) => one.state === state).length
  const parts = (['live', 'late', 'silent', 'refusing'] as const).flatMap((state) =>
    inState(state) === 0 ? [] : [`${inState(state)} ${state}`],
  )
  return `${sources.length} ${sources.length === 1 ? 'source' : 'sources'}: ${parts.join(', ')}`
}

/** The sources as they are now; asks again every ten seconds and keeps the last good answer. */
export function SourceBoard({ org, initial }: { org: string; initial: SourcesAnswer }) {
  const { data, error, refetch } = useSources(org, initial)
  return (
    <>
      {error && (
        <div className="col-span-full">
          <ErrorPanel
            words="The sources could not be read again."
            detail={`Shown as of ${formatInstant(data.now)} UTC. ${error.message}`}
            requestId={error instanceof Refusal ? (error.requestId ?? undefined) : undefined}
            onRetry={() => void refetch()}
          />
        </div>
      )}
      <Panel
        title={titleOf(data.sources)}
        meta="Lag: from a reading to its receipt, over the newest requests. Coverage: share of the last 7 days with energy known at its sites"
      >
        <DataTable
          caption="Sources"
          columns={COLUMNS}
          rows={data.sources.map((source) => rowOf(org, source, data.now))}
        />
      </Panel>
    </>
  )
}
