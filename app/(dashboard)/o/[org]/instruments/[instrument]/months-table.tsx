import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import type { InstrumentMonth } from '@/lib/rollups/instrument-lines'
import { threeFigures } from '@/lib/units/format'

const COLUMNS: Column[] = [
  { key: 'month', label: 'Month' },
  { key: 'covered', label: 'Covered', unit: 'MWh', align: 'right', plain: 'beside' },
  { key: 'replaced', label: 'Replaces', unit: 't', align: 'right', plain: 'beside' },
  { key: 'own', label: 'Its own', unit: 't', align: 'right', plain: 'beside' },
  { key: 'effect', label: 'Effect', unit: 't', align: 'right', plain: 'beside' },
  { key: 'workloads', label: 'Shared to', align: 'right', digits: 0, plain: 'count' },
]

const monthName = (month: string): string =>
  new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month.slice(0, 7)}-01T00:00:00Z`),
  )

const tonnes = (mg: bigint): number => Number(mg) / 1e9
const total = (months: readonly InstrumentMonth[], of: (month: InstrumentMonth) => bigint): bigint =>
  months.reduce((sum, month) => sum + of(month), 0n)

const lastOf = (month: string): string => {
  const date = new Date(`${month}T00:00:00Z`)
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)).toISOString().slice(0, 10)
}

/** Months of the vintage with what the instrument takes off them. */
export function MonthsTable({ org, months }: { org: string; months: readonly InstrumentMonth[] }) {
  const rows = months.map(
    (one): Row => ({
      id: one.month,
      cells: {
        month: {
          text: monthName(one.month),
          sort: one.month,
          href: `/o/${org}/ledger?from=${one.month}&to=${lastOf(one.month)}`,
        },
        covered: Number(one.covered_uwh) / 1e12,
        replaced: tonnes(one.replaced_mg),
        own: tonnes(one.own_mg),
        effect: { text: threeFigures(tonnes(one.effect_mg)), sort: Number(one.effect_mg) },
        workloads: { text: `${one.workloads} workloads`, sort: one.workloads },
      },
    }),
  )
  return (
    <DataTable
      caption="Months covered"
      columns={COLUMNS}
      rows={rows}
      density={28}
      total={{
        id: 'total',
        cells: {
          month: 'Whole vintage',
          covered: Number(total(months, (one) => one.covered_uwh)) / 1e12,
          replaced: tonnes(total(months, (one) => one.replaced_mg)),
          own: tonnes(total(months, (one) => one.own_mg)),
          effect: threeFigures(tonnes(total(months, (one) => one.effect_mg))),
        },
      }}
    />
  )
}
