import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel } from '@/components/ui/panel'
import type { SourceView } from '@/lib/contracts/sources'
import { formatCount, formatDay } from '@/lib/units/format'
import { reasonWords, refusedOf } from '../../words'

const DAY = 86_400_000

const lastDays = (now: string): string[] =>
  Array.from({ length: 7 }, (_, back) => new Date(Date.parse(now) - (6 - back) * DAY).toISOString().slice(0, 10))

const dayLabel = (day: string): string => formatDay(day).slice(0, -5).replace('Sept', 'Sep')

/** Refused readings, reason by day: counted, never hidden. */
export function RejectionDays({ source, now }: { source: SourceView; now: string }) {
  const days = lastDays(now)
  const reasons = [...new Set(source.rejected.map((one) => one.reason))]
  const at = (reason: string, day: string) =>
    source.rejected.find((one) => one.reason === reason && one.day === day)?.readings
  const columns: Column[] = [
    { key: 'reason', label: 'The reading …' },
    ...days.map(
      (day): Column => ({ key: day, label: dayLabel(day), align: 'right', digits: 0, sortable: false, plain: 'count' }),
    ),
    { key: 'all', label: '7 days', align: 'right', digits: 0, plain: 'count' },
  ]
  const rows = reasons.map(
    (reason): Row => ({
      id: reason,
      cells: {
        reason: { text: reasonWords(reason), why: reason },
        ...Object.fromEntries(days.map((day) => [day, at(reason, day) ?? { text: '0', sort: 0, muted: true }])),
        all: source.rejected.filter((one) => one.reason === reason).reduce((sum, one) => sum + one.readings, 0),
      },
    }),
  )
  const all = refusedOf(source)
  return (
    <Panel
      title={all === 0 ? 'Nothing was refused in the last 7 days' : `${formatCount(all)} refused in the last 7 days`}
      meta="By reason and UTC day of receipt; each was named in the answer to its sender"
    >
      {rows.length > 0 && <DataTable caption="Refused, by reason and day" columns={columns} rows={rows} density={28} />}
    </Panel>
  )
}
