import type { Column, Row } from '../tables/cells'
import { DataTable } from '../tables/data-table'
import { type JsonSchema, schemaRows } from './schema-rows'

const COLUMNS: Column[] = [
  { key: 'field', label: 'Field', sortable: false },
  { key: 'type', label: 'Type', sortable: false },
  { key: 'required', label: 'Needed', sortable: false },
  { key: 'notes', label: 'May be', width: 'wide', sortable: false },
]

/** Fields of a JSON schema, with those of inner objects below and further in. */
export function SchemaTable({
  schema,
  caption,
  isAnswer = false,
}: {
  schema: JsonSchema
  caption: string
  isAnswer?: boolean
}) {
  const { rows, more } = schemaRows(schema)
  if (rows.length === 0) return <p className="text-meta text-muted">Any JSON.</p>
  const shown = rows.map(
    ({ path, depth, type, required, notes }): Row => ({
      id: path,
      cells: {
        field: {
          text: path,
          node: (
            <span
              className="block py-1.5 pr-2 font-mono text-meta whitespace-nowrap"
              style={{ paddingLeft: depth * 14 }}
              title={path}
            >
              {depth === 0 ? path : path.slice(Math.max(path.lastIndexOf('.') + 1, 0))}
            </span>
          ),
        },
        type: { text: type, node: <span className="block py-1.5 whitespace-nowrap">{type}</span> },
        required: { text: required ? 'yes' : '' },
        notes: {
          text: notes,
          node: <span className="block min-w-40 py-1.5 whitespace-normal">{notes}</span>,
        },
      },
    }),
  )
  return (
    <>
      <DataTable
        caption={caption}
        columns={isAnswer ? COLUMNS.filter(({ key }) => key !== 'required') : COLUMNS}
        rows={shown}
        density={28}
        sortable={false}
        maxHeight="none"
      />
      {more && <p className="mt-1.5 text-meta text-muted">Deeper fields are in the OpenAPI document.</p>}
    </>
  )
}
