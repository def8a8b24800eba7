import { BOM, type CsvCell, csvRows } from './csv-cells'

/** A register as the very CSV that its import reads: the header, then a row a thing; unknown is empty. */
export const registerCsv = (columns: readonly string[], rows: readonly object[]): string => {
  const cellsOf = (row: object): CsvCell[] => {
    const cells = new Map<string, unknown>(Object.entries(row))
    return columns.map((name) => {
      const cell = cells.get(name) ?? null
      return typeof cell === 'number' || typeof cell === 'boolean' || cell === null ? cell : String(cell)
    })
  }
  return `${BOM}${csvRows([[...columns], ...rows.map(cellsOf)])}`
}

export const csvFile = (text: string, name: string): Response =>
  new Response(text, {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${name}"`,
    },
  })
