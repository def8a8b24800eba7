import Link from 'next/link'
import { AcceptSame } from '@/components/forms/accept-same'
import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel } from '@/components/ui/panel'
import type { PendingUpdate } from '@/lib/rollups/factor-detail'
import { formatCount } from '@/lib/units/format'
import { counted } from '../../runs/_shared/words'
import { effectWords, factorNumber, statusWords } from '../_shared/words'

const COLUMNS: Column[] = [
  { key: 'factor', label: 'Factor' },
  { key: 'before', label: 'In force', align: 'right', plain: 'published' },
  { key: 'after', label: 'Shipped', align: 'right', plain: 'published' },
  { key: 'lines', label: 'Lines this year', align: 'right', plain: 'count' },
  { key: 'effect', label: 'Effect on this year', width: 'wide' },
]
const MOST = 8

const side = ({ value, unit, status }: PendingUpdate['before']) =>
  value === null ? statusWords(status) : `${factorNumber(value)} ${unit}`

/** A newer shipped version changes no figure until somebody has looked at it. */
export function PendingPanel({ org, updates, mayEdit }: { org: string; updates: PendingUpdate[]; mayEdit: boolean }) {
  const same = updates.filter(({ before, after }) => side(before) === side(after))
  const used = updates.filter(({ lines }) => lines > 0).length
  const rows = updates.slice(0, MOST).map(
    (update): Row => ({
      id: update.factor_id,
      cells: {
        factor: {
          text: update.name,
          node: (
            <Link
              href={`/o/${org}/factors/${encodeURIComponent(update.factor_id)}`}
              prefetch={false}
              title={update.name}
              className="-my-1 inline-block max-w-96 truncate py-1 align-middle"
            >
              {update.name}
            </Link>
          ),
        },
        before: { text: `${side(update.before)}` },
        after: {
          text: side(update.after),
          node:
            side(update.before) === side(update.after) ? (
              <span className="text-muted">same number</span>
            ) : (
              side(update.after)
            ),
        },
        lines: update.lines === 0 ? { text: '0', muted: true } : formatCount(update.lines),
        effect:
          update.lines === 0
            ? { text: 'Nothing of this year rests on it', muted: true }
            : (effectWords(update.effect) ?? { text: null, why: 'Not quantified: open the factor' }),
      },
    }),
  )
  return (
    <Panel
      title={`${counted(updates.length, 'shipped update')} ${updates.length === 1 ? 'waits' : 'wait'}; ${
        used === 0
          ? 'none bears on this year'
          : `${counted(used, 'one', 'ones')} ${used === 1 ? 'bears' : 'bear'} on this year`
      }`}
      meta="Figures rest on the version in force until a newer one is accepted; open a factor to see what changed"
    >
      <DataTable caption="Updates that wait" columns={COLUMNS} rows={rows} density={28} sortable={false} />
      <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2 text-meta">
        {updates.length > MOST && (
          <Link href={`/o/${org}/factors?status=pending`} className="inline-block py-1">
            {`See all ${formatCount(updates.length)}`}
          </Link>
        )}
        {mayEdit && same.length > 1 && (
          <AcceptSame org={org} factors={same.map(({ factor_id, newest }) => ({ id: factor_id, version: newest }))} />
        )}
      </div>
    </Panel>
  )
}
