import { AcceptFactor } from '@/components/forms/accept-factor'
import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel, type Span } from '@/components/ui/panel'
import type { FactorDetail } from '@/lib/rollups/factor-detail'
import { formatCount } from '@/lib/units/format'
import { effectWords } from '../_shared/words'
import { changesBetween } from './version-changes'

const COLUMNS: Column[] = [
  { key: 'what', label: 'What' },
  { key: 'before', label: 'In force', width: 'wide' },
  { key: 'after', label: 'Shipped', width: 'wide' },
]

/** A shipped version that waits: what it says differently, what it would do to the year, and the decision. */
export function UpdatePanel({
  org,
  detail,
  mayEdit,
  span,
}: {
  org: string
  detail: FactorDetail
  mayEdit: boolean
  span: Span
}) {
  const newest = detail.versions[0]
  const used = detail.versions.find(({ version }) => version === detail.in_force)
  if (!newest || !used || newest.version === used.version) return null
  const rows = changesBetween(used, newest).map(
    (change): Row => ({
      id: change.label,
      cells: {
        what: change.label,
        before: { text: change.before, node: <span className="block max-w-[40ch] py-1">{change.before}</span> },
        after: { text: change.after, node: <span className="block max-w-[40ch] py-1">{change.after}</span> },
      },
    }),
  )
  const words = effectWords(detail.effect)
  return (
    <Panel
      span={span}
      title={
        words === null
          ? `Version ${newest.version} waits; nothing of this year rests on this factor`
          : `Accepting version ${newest.version}: ${words}`
      }
      meta={
        words === null
          ? 'Figures of other years change only where their days rest on it'
          : `Stored energies of ${formatCount(detail.effect?.lines ?? 0)} lines of this year × the difference of the two numbers${
              detail.effect?.not_quantified ? `. ${detail.effect.not_quantified}` : ''
            }`
      }
    >
      <div className="grid gap-6 @4xl:grid-cols-[minmax(0,1fr)_320px]">
        <DataTable caption="What changed" columns={COLUMNS} rows={rows} sortable={false} density={28} />
        <AcceptFactor
          org={org}
          factor={detail.factor_id}
          version={newest.version}
          disabledReason={mayEdit ? undefined : 'Needs the analyst role.'}
        />
      </div>
    </Panel>
  )
}
