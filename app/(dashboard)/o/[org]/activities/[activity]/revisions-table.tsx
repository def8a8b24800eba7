import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Status } from '@/components/ui/status'
import type { ActivityLine } from '@/lib/contracts/activity-lines'
import { formatInstant, threeFigures } from '@/lib/units/format'

const COLUMNS: Column[] = [
  { key: 'revision', label: 'Revision', align: 'right', digits: 0, plain: 'count' },
  { key: 'state', label: 'State' },
  { key: 'quantity', label: 'Quantity', align: 'right', plain: 'entered' },
  { key: 'factor', label: 'Factor and version' },
  { key: 'kg', label: 'Mass', unit: 'kg CO2e', align: 'right', plain: 'told-here' },
  { key: 'by', label: 'By' },
  { key: 'at', label: 'At, UTC' },
]

/** Every revision, newest first: evidence is never edited. */
export function RevisionsTable({ revisions }: { revisions: readonly ActivityLine[] }) {
  const rows = revisions.map(
    (one, at): Row => ({
      id: String(one.revision),
      muted: at > 0,
      cells: {
        revision: one.revision,
        state: {
          text: at > 0 ? 'superseded' : one.voided ? 'void' : 'current',
          node:
            at > 0 ? (
              <Status tone="plain">Superseded</Status>
            ) : one.voided ? (
              <Status tone="locked">{`Void: ${one.note ?? 'no reason'}`}</Status>
            ) : (
              <Status tone="verified">Current</Status>
            ),
        },
        quantity: { text: `${threeFigures(one.quantity)} ${one.unit}`, sort: one.quantity },
        factor: one.factor_id === null ? 'stated by the supplier' : `${one.factor_id} v${one.factor_version}`,
        kg: one.kg,
        by: one.recorded_by,
        at: { text: formatInstant(one.recorded_at), sort: one.recorded_at },
      },
    }),
  )
  return <DataTable caption="Revisions" columns={COLUMNS} rows={rows} density={28} />
}
