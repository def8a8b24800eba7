import { ACTIVITY_WORDS, placeWords } from '@/components/forms/activity-words'
import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Status } from '@/components/ui/status'
import type { ActivityLine } from '@/lib/contracts/activity-lines'
import { activityAddress, factorAddress } from '@/lib/contracts/explain'
import { formatDay, threeFigures } from '@/lib/units/format'

const COLUMNS: Column[] = [
  { key: 'name', label: 'Line', width: 'wide' },
  { key: 'kind', label: 'Kind' },
  { key: 'place', label: 'Stands in' },
  { key: 'site', label: 'Site' },
  { key: 'period', label: 'Period' },
  { key: 'quantity', label: 'Quantity', align: 'right', plain: 'entered' },
  { key: 'factor', label: 'Factor' },
  { key: 'kg', label: 'Mass', unit: 'kg CO2e', align: 'right' },
  { key: 'upstream', label: 'Upstream', unit: 'kg', align: 'right' },
]

const MOST = 44
const shortened = (text: string, most = MOST) => (text.length > most ? `${text.slice(0, most - 1)}…` : text)
const lastDay = (to: string): string => new Date(Date.parse(`${to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
const periodOf = ({ starts_on, ends_on }: ActivityLine): string =>
  lastDay(ends_on) === starts_on ? formatDay(starts_on) : `${formatDay(starts_on)} to ${formatDay(lastDay(ends_on))}`

const factorCell = (line: ActivityLine) => {
  if (line.factor_id === null) return { ...unbroken('Supplier’s total'), why: line.supplier ?? undefined }
  const text = `${threeFigures(line.kg_per_unit ?? 0)} ${line.factor_unit ?? ''}`
  const unverified = line.factor_status?.startsWith('recalled') ?? false
  return {
    text: `${text}, ${line.factor_name}${unverified ? ', unverified' : ''}`,
    why: line.factor_name ?? undefined,
    explain: factorAddress(line.factor_id, line.factor_version ?? 1),
    node: (
      <span className="whitespace-nowrap">
        {text}
        {unverified && (
          <Status tone="warn" className="ml-2">
            Unverified
          </Status>
        )}
      </span>
    ),
  }
}

const unbroken = (text: string) => ({ text, node: <span className="whitespace-nowrap">{text}</span> })

const rowOf = (org: string, line: ActivityLine): Row => ({
  id: line.activity_id,
  muted: line.voided,
  cells: {
    name: { text: shortened(line.name, 40), why: line.name, href: `/o/${org}/activities/${line.activity_id}` },
    kind: line.voided
      ? { text: `${ACTIVITY_WORDS[line.kind]}, void`, node: <Status tone="locked">Void</Status> }
      : unbroken(ACTIVITY_WORDS[line.kind]),
    place: {
      ...unbroken(placeWords(line.scope, line.category).replace('category', 'cat.')),
      sort: line.scope * 100 + (line.category ?? 0),
    },
    site: line.site_name ? unbroken(shortened(line.site_name, 24)) : { text: null, why: 'Of no one site' },
    period: {
      text: periodOf(line),
      sort: line.starts_on,
      node: <span className="whitespace-nowrap">{periodOf(line)}</span>,
    },
    quantity: { text: `${threeFigures(line.quantity)} ${line.unit}`, sort: line.quantity },
    factor: factorCell(line),
    kg:
      line.kg === null
        ? null
        : { text: threeFigures(line.kg), sort: line.kg, explain: activityAddress(line.activity_id) },
    upstream:
      line.upstream_kg === null
        ? { nothing: line.scope === 1 ? 'no-data' : 'not-applicable' }
        : { sort: line.upstream_kg, explain: activityAddress(line.activity_id, 'upstream') },
  },
})

/** Current lines, newest period first; each name leads to its revisions. */
export function ActivitiesTable({ org, lines }: { org: string; lines: readonly ActivityLine[] }) {
  return <DataTable caption="Activity lines" columns={COLUMNS} rows={lines.map((line) => rowOf(org, line))} />
}
