import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel, type Span } from '@/components/ui/panel'
import { Status } from '@/components/ui/status'
import type { FactorDetail } from '@/lib/rollups/factor-detail'
import { counted, shortInstant } from '../../runs/_shared/words'
import { factorNumber, statusWords } from '../_shared/words'
import { changesBetween } from './version-changes'

const COLUMNS: Column[] = [
  { key: 'version', label: 'Version' },
  { key: 'value', label: 'Value', align: 'right', plain: 'published' },
  { key: 'status', label: 'Status' },
  { key: 'stored', label: 'Stored, UTC' },
  { key: 'changes', label: 'What changed', width: 'wide' },
]

/** Every version ever stored: one is added, none is edited. */
export function VersionsPanel({ detail, today, span }: { detail: FactorDetail; today: string; span: Span }) {
  const rows = detail.versions.map((version, at): Row => {
    const before = detail.versions[at + 1]
    const changes = before ? changesBetween(before, version) : []
    const told = before
      ? changes.map(({ label, before: was, after }) => `${label}: ${was} → ${after}`).join('; ') ||
        'Nothing that is shown'
      : 'First version'
    return {
      id: String(version.version),
      muted: version.version !== detail.in_force,
      cells: {
        version: {
          text: String(version.version),
          node:
            version.version === detail.in_force ? (
              <Status tone="verified">{`${version.version}, in force`}</Status>
            ) : (
              String(version.version)
            ),
        },
        value:
          version.value === null
            ? { text: null, why: statusWords(version.status) }
            : { text: factorNumber(version.value) },
        status: statusWords(version.status),
        stored: { text: shortInstant(version.created_at, today), sort: version.created_at },
        changes: { text: told, node: <span className="block max-w-[60ch] py-1 text-muted">{told}</span> },
      },
    }
  })
  return (
    <Panel
      span={span}
      title={
        detail.versions.length === 1
          ? 'One version, as it was stored'
          : `${counted(detail.versions.length, 'version')} kept`
      }
      meta="A version is never edited: a change is the next one, and entries name the one they were made with"
    >
      <DataTable caption="Versions" columns={COLUMNS} rows={rows} sortable={false} density={28} />
    </Panel>
  )
}
