import type { CodecarbonCsvAnswer, CodecarbonCsvRow } from '@/lib/contracts/codecarbon-files'
import type { Column, Row } from '../tables/cells'
import { DataTable } from '../tables/data-table'
import { Status, type StatusTone } from '../ui/status'

const OUTCOME: Record<CodecarbonCsvRow['outcome'], { tone: StatusTone; word: string }> = {
  new: { tone: 'verified', word: 'New' },
  known: { tone: 'plain', word: 'Known' },
  refused: { tone: 'breach', word: 'Refused' },
}

const COLUMNS: Column[] = [
  { key: 'line', label: 'Line', align: 'right', digits: 0, plain: 'count' },
  { key: 'outcome', label: 'Row is' },
  { key: 'run', label: 'Run' },
  { key: 'adds', label: 'Adds', unit: 'Wh', align: 'right', digits: 3, plain: 'read' },
  { key: 'why', label: 'Why, or how it was read', width: 'wide' },
]

const MOST_SHOWN = 500

/** Every row of the file with its fate; the refused ones first. */
export function CodecarbonRows({ answer }: { answer: CodecarbonCsvAnswer }) {
  const ordered = [...answer.rows].sort(
    (a, b) => Number(b.outcome === 'refused') - Number(a.outcome === 'refused') || a.line - b.line,
  )
  const rows = ordered.slice(0, MOST_SHOWN).map((row): Row => {
    const { tone, word } = OUTCOME[row.outcome]
    return {
      id: String(row.line),
      muted: row.outcome === 'known',
      cells: {
        line: row.line,
        outcome: { text: word, node: <Status tone={tone}>{word}</Status> },
        run: row.run === null ? { nothing: 'not-applicable' } : { text: row.run, mono: true },
        adds: row.energy_kwh === null ? { nothing: 'not-applicable' } : row.energy_kwh * 1000,
        why:
          row.message === null
            ? { nothing: 'not-applicable' }
            : { text: row.message, node: <span className="block py-1.5 whitespace-normal">{row.message}</span> },
      },
    }
  })
  return (
    <>
      <DataTable caption="Rows of the file" columns={COLUMNS} rows={rows} density={28} maxHeight="420" />
      {ordered.length > MOST_SHOWN && (
        <p className="mt-2 text-meta text-muted">
          {`The first ${MOST_SHOWN} of ${ordered.length} rows; the answer of the API holds all.`}
        </p>
      )}
    </>
  )
}
