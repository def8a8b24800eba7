import type { ImportAnswer, ImportedRow } from '@/lib/contracts/imports'
import type { Column, Row } from '../tables/cells'
import { DataTable } from '../tables/data-table'
import { Status, type StatusTone } from '../ui/status'

const OUTCOME: Record<ImportedRow['outcome'], { tone: StatusTone; word: string }> = {
  new: { tone: 'verified', word: 'New' },
  changed: { tone: 'running', word: 'Changed' },
  unchanged: { tone: 'plain', word: 'Unchanged' },
  refused: { tone: 'breach', word: 'Refused' },
}

const COLUMNS: Column[] = [
  { key: 'line', label: 'Line', align: 'right', digits: 0, plain: 'count' },
  { key: 'outcome', label: 'Row is' },
  { key: 'name', label: 'Of' },
  { key: 'what', label: 'What changes, or why not', width: 'wide' },
]

const MOST = 40
const shortened = (text: string) => (text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text)

const whatOf = ({ outcome, changes, issues }: ImportedRow): string | null => {
  if (outcome === 'refused')
    return issues.map(({ column, message }) => (column === null ? message : `${column}: ${message}`)).join('; ')
  if (outcome === 'changed')
    return changes
      .map(({ column, before, after }) => `${column}: ${before ?? 'empty'} → ${after ?? 'empty'}`)
      .join('; ')
  return null
}

/** Every row of the file with its fate; the refused ones first. */
export function ImportRows({ answer }: { answer: ImportAnswer }) {
  const rows = [...answer.rows]
    .sort((a, b) => Number(b.outcome === 'refused') - Number(a.outcome === 'refused') || a.line - b.line)
    .map((row): Row => {
      const { tone, word } = OUTCOME[row.outcome]
      const what = whatOf(row)
      return {
        id: String(row.line),
        muted: row.outcome === 'unchanged',
        cells: {
          line: row.line,
          outcome: { text: word, node: <Status tone={tone}>{word}</Status> },
          name: {
            text: shortened(row.name),
            why: row.name,
            node: (
              <span className="whitespace-nowrap" title={row.name}>
                {shortened(row.name)}
              </span>
            ),
          },
          what:
            what === null
              ? { nothing: 'not-applicable' }
              : { text: what, node: <span className="block py-1.5 whitespace-normal">{what}</span> },
        },
      }
    })
  return <DataTable caption="Rows of the file" columns={COLUMNS} rows={rows} density={28} maxHeight="420" />
}
