import { ProvisionalMark } from '@/components/figures/provisional-mark'
import type { Cell, Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { figureAddress, type ServiceRatioName, serviceAddress } from '@/lib/contracts/explain'
import type { ServiceSci } from '@/lib/rollups/service-sci'
import type { ServiceRow } from '@/lib/rollups/services'
import { formatPercent } from '@/lib/units/format'
import { massIn, massUnitOf, sumOf } from '../../runs/_shared/amounts'
import { firstOf } from '../../runs/_shared/words'
import { lackingWords, scaled } from './score'
import { amountOf, perOf } from './units'

export interface ListedService {
  service: ServiceRow
  sci: ServiceSci
  /** The same over the window before; null where it was not read throughout. */
  before: ServiceSci | null
  locationMg: bigint | null
  provisional: boolean
}

/** The best comparable score: with embodied emissions where both windows have them, else operational. */
const changeOf = ({ sci, before }: ListedService): number | null => {
  if (!before) return null
  const [now, then] =
    sci.grams !== null && before.grams !== null
      ? [sci.grams, before.grams]
      : [sci.operationalGrams, before.operationalGrams]
  return now === null || then === null || then === 0 ? null : now / then - 1
}

const changeCell = (listed: ListedService): Cell => {
  const change = changeOf(listed)
  if (change === null) return { text: null, why: 'The window before has no score to compare with' }
  const text =
    Math.abs(change) < 0.0005 ? 'unchanged' : `${change > 0 ? '▲' : '▼'}\u202f${formatPercent(Math.abs(change))}`
  return { text, sort: change }
}

const clipped = (text: string) => (
  <span className="block max-w-40 truncate" title={text}>
    {text}
  </span>
)

const listed = (names: readonly string[], none: string): Cell => {
  const text = firstOf(names)
  return text === null ? { text: none, muted: true } : { text, sort: text, node: clipped(text) }
}

/** How many became cleaner per unit: what the list's title says. */
export const cleanerCount = (rows: readonly ListedService[]): { cleaner: number; compared: number } => {
  const changes = rows.map(changeOf).filter((change) => change !== null)
  return { cleaner: changes.filter((change) => change < 0).length, compared: changes.length }
}

/** Services with their score in their own unit; emissions add up, scores do not. */
export function ServicesTable({
  org,
  rows,
  window,
  query,
}: {
  org: string
  rows: readonly ListedService[]
  window: { from: string; to: string }
  /** Range and unit, kept on the way to a service. */
  query: string
}) {
  const mass = massUnitOf(rows.map((row) => row.locationMg))
  const columns: Column[] = [
    { key: 'service', label: 'Service' },
    { key: 'model', label: 'Model' },
    { key: 'per', label: 'Per' },
    { key: 'sci', label: 'SCI', unit: 'g CO2e', align: 'right' },
    { key: 'operational', label: 'Operational', unit: 'g', align: 'right' },
    { key: 'embodied', label: 'Embodied', unit: 'g', align: 'right' },
    { key: 'change', label: 'Change', align: 'right', plain: 'beside' },
    { key: 'energy', label: 'Energy', unit: 'kWh', align: 'right' },
    { key: 'water', label: 'Water', unit: 'mL', align: 'right' },
    { key: 'count', label: 'Delivered', align: 'right', plain: 'count' },
    { key: 'days', label: 'Days known', align: 'right', plain: 'count' },
    { key: 'mass', label: 'All emissions', unit: mass, align: 'right' },
    { key: 'team', label: 'Team' },
    { key: 'status', label: 'Status' },
  ]
  const tableRows: Row[] = rows.map((row) => {
    const { service, sci } = row
    const whole = sci.whole
    const known = whole ?? sci.operational
    const why = lackingWords(sci, service.hardware)
    const amount = amountOf(known?.count ?? null)
    const embodied =
      whole?.embodiedMg == null || whole.count === 0 ? null : Number(whole.embodiedMg) / 1000 / whole.count
    const operational = whole && whole.count > 0 ? Number(whole.locationMg) / 1000 / whole.count : sci.operationalGrams
    const ratio = (name: ServiceRatioName, value: number | null, shown = scaled(value, sci.unit)): Cell =>
      value === null
        ? { text: null, why }
        : {
            sort: shown,
            exact: String(value),
            explain: serviceAddress(service.service_id, sci.unit, window, name),
          }
    return {
      id: service.service_id,
      cells: {
        service: {
          text: service.name,
          href: `/o/${org}/services/${service.service_id}${query}`,
          why: service.name,
        },
        model: listed(service.models, 'Unassigned'),
        per: perOf(sci.unit).words,
        sci: {
          sort: scaled(sci.grams, sci.unit),
          why,
          explain: sci.grams === null ? undefined : serviceAddress(service.service_id, sci.unit, window),
          exact: sci.grams === null ? undefined : String(sci.grams),
        },
        operational: ratio('operation', operational),
        embodied: ratio('embodied', embodied),
        change: changeCell(row),
        energy: ratio('energy', sci.kilowattHours),
        water:
          sci.litres === null
            ? { text: null, why: 'Water use of one of its places is not known' }
            : ratio('water', sci.litres, (scaled(sci.litres, sci.unit) as number) * 1000),
        count: amount
          ? { text: [amount.value, amount.unit].filter(Boolean).join(' '), sort: known?.count }
          : { text: null, why },
        days: {
          text: `${(known?.days.length ?? 0).toString()} of ${sci.activeDays}`,
          sort: known?.days.length ?? 0,
          muted: known?.days.length === sci.activeDays,
        },
        mass:
          row.locationMg === null
            ? { text: null, why: 'No hour of it has a figure' }
            : {
                sort: massIn(row.locationMg, mass),
                exact: row.locationMg,
                explain: figureAddress('location', window, { service: service.service_id }),
              },
        team: listed(service.teams, 'Unassigned'),
        status: row.provisional ? { text: 'provisional', node: <ProvisionalMark /> } : { text: 'settled', muted: true },
      },
    }
  })
  return (
    <DataTable
      caption="Services"
      columns={columns}
      rows={tableRows}
      total={{
        id: 'total',
        cells: {
          service: 'Total',
          mass: { sort: massIn(sumOf(rows.map((row) => row.locationMg)), mass), plain: 'told-here' },
        },
      }}
    />
  )
}
