import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel } from '@/components/ui/panel'
import { Status } from '@/components/ui/status'
import type { SourceView } from '@/lib/contracts/sources'
import { formatCount, formatDay, formatInstant } from '@/lib/units/format'
import { TierlessFigure } from './source-figure'
import { durationWords, protocolName, protocolSays, reasonWords, stateOf } from './source-words'

const DAY = 86_400_000

const lastDays = (now: string): string[] =>
  Array.from({ length: 7 }, (_, back) => new Date(Date.parse(now) - (6 - back) * DAY).toISOString().slice(0, 10))

const dayLabel = (day: string): string => formatDay(day).slice(0, -5).replace('Sept', 'Sep')

/** Refused readings, reason by day: counted, never hidden. */
function Rejections({ source, now }: { source: SourceView; now: string }) {
  const days = lastDays(now)
  const reasons = [...new Set(source.rejected.map((one) => one.reason))]
  if (reasons.length === 0) return null
  const at = (reason: string, day: string) =>
    source.rejected.find((one) => one.reason === reason && one.day === day)?.readings
  const columns: Column[] = [
    { key: 'reason', label: 'Refused: the reading …' },
    ...days.map((day): Column => ({ key: day, label: dayLabel(day), align: 'right', digits: 0, sortable: false })),
    { key: 'all', label: '7 days', align: 'right', digits: 0 },
  ]
  const rows = reasons.map(
    (reason): Row => ({
      id: reason,
      cells: {
        reason: { text: reasonWords(reason), why: reason },
        ...Object.fromEntries(days.map((day) => [day, at(reason, day) ?? { text: '0', sort: 0, muted: true }])),
        all: days.reduce((sum, day) => sum + (at(reason, day) ?? 0), 0),
      },
    }),
  )
  return (
    <div className="mt-4">
      <DataTable
        caption={`Readings refused, ${protocolName(source.protocol)}`}
        columns={columns}
        rows={rows}
        density={28}
      />
    </div>
  )
}

/** One sending protocol: whether it lives, what it brought, how late, and what was refused. */
export function SourceBlock({ source, now }: { source: SourceView; now: string }) {
  const state = stateOf(source, now)
  const last = source.last_received_at
  const age = last === null ? null : durationWords(Date.parse(now) - Date.parse(last))
  const name = protocolName(source.protocol)
  return (
    <Panel
      title={source.name === source.protocol ? name : `${name}, ${source.name}`}
      meta={protocolSays(source.protocol)}
      tools={<Status tone={state.tone}>{state.word}</Status>}
    >
      <dl className="grid grid-cols-2 gap-x-8 gap-y-3 @xl:grid-cols-4 @4xl:grid-cols-7">
        <TierlessFigure
          label="Last received"
          value={age === null ? null : `${age} ago`}
          note={last === null ? 'every request was refused' : `${formatInstant(last)} UTC`}
        />
        <TierlessFigure label="Readings, 24 h" value={formatCount(source.readings_24h)} />
        <TierlessFigure label="Readings, 7 days" value={formatCount(source.readings_7d)} />
        <TierlessFigure
          label="Readings in all"
          value={formatCount(source.readings)}
          note={`since ${formatInstant(source.first_seen_at).slice(0, -6)}`}
        />
        <TierlessFigure label="Requests stored" value={formatCount(source.batches)} />
        <TierlessFigure
          label="Lag, p95 of 7 days"
          value={source.lag_p95_s === null ? null : durationWords(source.lag_p95_s * 1000)}
          note="reading to receipt"
        />
        <TierlessFigure
          label="Refused, 7 days"
          value={formatCount(source.rejected.reduce((sum, one) => sum + one.readings, 0))}
        />
      </dl>
      <Rejections source={source} now={now} />
    </Panel>
  )
}
