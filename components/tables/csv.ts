import { type Column, type Row, sortKeyOf } from './cells'

const quote = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
// A spreadsheet runs text that begins with these signs as a formula.
const guard = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

/** The same rows as the table, unrounded; nothing is an empty field. */
export const csvOf = (columns: readonly Column[], rows: readonly Row[]): string => {
  const head = columns.map((column) => quote(guard(column.unit ? `${column.label} (${column.unit})` : column.label)))
  const body = rows.map((row) =>
    columns.map((column) => {
      const value = sortKeyOf(row.cells[column.key])
      if (value === null) return ''
      return typeof value === 'number' ? String(value) : quote(guard(value))
    }),
  )
  return [head, ...body].map((line) => line.join(',')).join('\r\n')
}

export const downloadCsv = (name: string, csv: string): void => {
  const address = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }))
  const anchor = document.createElement('a')
  anchor.href = address
  anchor.download = name.endsWith('.csv') ? name : `${name}.csv`
  anchor.click()
  URL.revokeObjectURL(address)
}
