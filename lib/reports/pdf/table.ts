import { BOTTOM, INK, LEFT, type Paper, RIGHT, RULE, STYLE, TOP, WIDTH } from './paper'
import type { Line, Style, Text } from './type'

/** A table of hairlines: 0.75 pt above and below, 0.5 pt under heads and groups, 0.25 pt rows; it never splits a group from its first row. */

export interface PdfColumn {
  label: string
  /** pt; the columns without one share what is left. */
  width?: number
  align?: 'left' | 'right'
  mono?: boolean
}

export interface PdfRow {
  cells: (Text | null)[]
  kind?: 'group' | 'row' | 'total' | 'muted'
  /** Left of the first cell, in pt. */
  indent?: number
  bold?: boolean
  /** Address that a cell opens: the explanation of its figure. */
  links?: (string | null | undefined)[]
}

export interface PdfTable {
  number: string
  title: Text
  columns: PdfColumn[]
  rows: PdfRow[]
}

/** A third of the page. */
const SHORT = (BOTTOM - TOP) / 3

const PAD = { x: 5, wide: 14, y: 1.6 } as const

interface SetCell {
  lines: Line[]
  style: Style
  x: number
  width: number
}

export const drawTable = (paper: Paper, table: PdfTable): void => {
  const { doc, type } = paper
  const { columns } = table
  const widths = columnWidths(columns)
  const lefts = widths.map((_, at) => LEFT + widths.slice(0, at).reduce((sum, width) => sum + width, 0))
  const inner = (at: number, indent = 0) => {
    const afterFigures = columns[at - 1]?.align === 'right' && columns[at]?.align !== 'right'
    const left = at === 0 ? indent : afterFigures ? PAD.wide : PAD.x
    return { x: (lefts[at] ?? LEFT) + left, width: (widths[at] ?? 0) - left }
  }
  const setCell = (text: Text, at: number, style: Style, indent = 0): SetCell => {
    const { x, width } = inner(at, indent)
    const column = table.columns[at]
    const aligned: Style = { ...style, align: column?.align }
    return { lines: type.lines(text, aligned, width), style: aligned, x, width }
  }
  const heightOf = (cells: (SetCell | null)[]) =>
    Math.max(...cells.map((cell) => (cell === null ? 0 : cell.lines.length * cell.style.leading))) + 2 * PAD.y

  const head = table.columns.map((column, at) => setCell(column.label, at, STYLE.head))
  const headHeight = heightOf(head) + 1.5
  const rows = table.rows.map((row) => setRow(row, table.columns, setCell))
  const heights = rows.map((cells, at) => heightOf(cells) + (table.rows[at]?.kind === 'group' ? 5 : 0))

  const caption = type.lines(
    [{ text: `${table.number}  `, face: 'semibold' }, ...runsOf(table.title)],
    STYLE.caption,
    WIDTH,
  )
  const opening = caption.length * STYLE.caption.leading + 5 + headHeight
  const whole = opening + heights.reduce((sum, height) => sum + height, 0)
  // A short table stays in one piece; a long one starts where its head and first rows stand together.
  paper.need(whole <= SHORT ? whole : opening + (heights[0] ?? 0) + (heights[1] ?? 0))

  const element = doc.struct('Table')
  paper.parent.add(element)
  paper.tagged('Caption', () => type.draw(caption, STYLE.caption, LEFT, paper.y, WIDTH), element)
  paper.y += caption.length * STYLE.caption.leading + 4

  const drawCells = (
    cells: (SetCell | null)[],
    role: (at: number) => 'TH' | 'TD',
    scope: 'Column' | 'Row',
    y: number,
    links: PdfRow['links'] = [],
  ) => {
    const line = doc.struct('TR')
    element.add(line)
    cells.forEach((cell, at) => {
      const tag = role(at)
      const options = tag === 'TH' ? { scope } : {}
      const made = doc.struct(tag, options as never, () => {
        if (cell) type.draw(cell.lines, cell.style, cell.x, y, cell.width)
      })
      line.add(made)
      made.end()
      const link = links[at]
      if (cell && link) {
        const height = cell.lines.length * cell.style.leading
        const width = Math.max(...cell.lines.map((each) => each.width))
        const x = cell.style.align === 'right' ? cell.x + cell.width - width : cell.x
        // No border and no underline: on paper the figure is a figure.
        doc.link(x, y, width, height, link)
      }
    })
    line.end()
  }
  const drawHead = (isFirst: boolean) => {
    paper.rule(paper.y, 0.75)
    const bottom = paper.y + headHeight
    // Heads stand on the line, the short ones too.
    const place = (draw: (cell: SetCell, y: number) => void) =>
      head.forEach((cell) => {
        draw(cell, bottom - 1.5 - PAD.y - cell.lines.length * cell.style.leading)
      })
    if (isFirst) {
      const line = doc.struct('TR')
      element.add(line)
      place((cell, y) => {
        const made = doc.struct('TH', { scope: 'Column' } as never, () =>
          type.draw(cell.lines, cell.style, cell.x, y, cell.width),
        )
        line.add(made)
        made.end()
      })
      line.end()
    } else
      paper.artifact(() => place((cell, y) => type.draw(cell.lines, cell.style, cell.x, y, cell.width)), 'Pagination')
    paper.rule(bottom, 0.5)
    paper.y = bottom
  }

  drawHead(true)
  rows.forEach((cells, at) => {
    const row = table.rows[at] as PdfRow
    const height = heights[at] ?? 0
    const together = height + (row.kind === 'group' ? (heights[at + 1] ?? 0) : 0)
    const isFirstOnPage = paper.y < TOP + headHeight + 1
    if (!isFirstOnPage && paper.y + together > BOTTOM) {
      paper.rule(paper.y, 0.75)
      paper.newPage()
      drawHead(false)
    }
    const lead = row.kind === 'group' ? 5 : 0
    if (row.kind === 'total') paper.rule(paper.y, 0.5)
    drawCells(cells, (column) => (column === 0 ? 'TH' : 'TD'), 'Row', paper.y + lead + PAD.y, row.links)
    paper.y += height
    const isLast = at === rows.length - 1
    if (!isLast && table.rows[at + 1]?.kind !== 'total') {
      paper.rule(paper.y, row.kind === 'group' ? 0.5 : 0.25, row.kind === 'group' ? INK : RULE)
    }
  })
  paper.rule(paper.y, 0.75)
  element.end()
  paper.y += 10
}

const runsOf = (text: Text) => (typeof text === 'string' ? [{ text }] : text)

const columnWidths = (columns: PdfColumn[]): number[] => {
  const fixed = columns.reduce((sum, { width }) => sum + (width ?? 0), 0)
  const open = columns.filter(({ width }) => width === undefined).length
  return columns.map(({ width }) => width ?? (RIGHT - LEFT - fixed) / open)
}

const setRow = (
  row: PdfRow,
  columns: PdfColumn[],
  setCell: (text: Text, at: number, style: Style, indent?: number) => SetCell,
): (SetCell | null)[] =>
  columns.map((column, at) => {
    const text = row.cells[at]
    if (text === null || text === undefined) return null
    const strong = row.kind === 'group' || row.kind === 'total' || row.bold
    const style: Style = {
      ...STYLE.cell,
      face: column.mono ? 'mono' : strong ? 'semibold' : 'sans',
      size: column.mono ? 6.8 : STYLE.cell.size,
      color: row.kind === 'muted' ? '#555555' : INK,
    }
    const cell = setCell(text, at, style, at === 0 ? (row.indent ?? 0) : 0)
    return row.kind === 'group' && at === 0 ? { ...cell, width: WIDTH } : cell
  })
