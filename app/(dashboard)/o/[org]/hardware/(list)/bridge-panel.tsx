import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel, type Span } from '@/components/ui/panel'
import type { BridgeYear } from '@/lib/rollups/asset-inventory'
import { massUnitFor, threeFigures } from '@/lib/units/format'

const IN: Record<string, number> = { t: 1000, kg: 1, g: 0.001, mg: 1e-6 }

/** The two views side by side with the way from one to the other. They are alternatives and are never added. */
export function BridgePanel({ years, unknown, span }: { years: readonly BridgeYear[]; unknown: string[]; span: Span }) {
  const unit = massUnitFor(Math.max(0, ...years.flatMap((year) => [year.purchased_kg, year.closing_kg])) * 1e6)
  const show = (kg: number) => kg / (IN[unit] ?? 1)
  const minus = (kg: number) =>
    kg === 0 ? { nothing: 'not-applicable' as const } : { text: `−${threeFigures(show(kg))}`, sort: -kg }
  const columns: Column[] = [
    { key: 'year', label: 'Year' },
    { key: 'opening', label: 'Opening book value', unit, align: 'right', plain: 'part' },
    { key: 'purchased', label: '+ Bought: category 2', unit, align: 'right', plain: 'part' },
    { key: 'ranOff', label: '− Ran off: management', unit, align: 'right', plain: 'part' },
    { key: 'retired', label: '− Left with what retired', unit, align: 'right', plain: 'part' },
    { key: 'closing', label: '= Closing book value', unit, align: 'right', plain: 'part' },
  ]
  const rows = years.map(
    (year): Row => ({
      id: String(year.year),
      cells: {
        year: { text: year.isRunning ? `${year.year} to date` : String(year.year), sort: year.year },
        opening: show(year.opening_kg),
        purchased:
          year.purchased_kg === 0
            ? { nothing: 'not-applicable', why: 'Nothing was bought' }
            : { text: threeFigures(show(year.purchased_kg)), sort: year.purchased_kg },
        ranOff: minus(year.run_off_kg),
        retired: minus(year.retired_kg),
        closing: show(year.closing_kg),
      },
    }),
  )
  const bought = years.find(({ purchased_kg }) => purchased_kg > 0)
  return (
    <Panel
      span={span}
      title={
        bought
          ? `${threeFigures(show(bought.purchased_kg))} ${unit} were bought in ${bought.year}; ${threeFigures(show(bought.run_off_kg))} ${unit} ran off`
          : 'Nothing was bought yet'
      }
      meta="Inventory beside management: category 2 books a purchase whole in its year (GHG Protocol Scope 3 Standard); what runs off is a management figure. The bridge leads from one to the other; they are never added"
    >
      <DataTable
        caption="Bridge from purchases to what ran off"
        columns={columns}
        rows={rows}
        density={28}
        sortable={false}
      />
      {unknown.length > 0 && (
        <p className="mt-2 text-meta text-muted">
          {`In neither view, because their embodied value is not known: ${unknown.join(', ')}.`}
        </p>
      )}
    </Panel>
  )
}
