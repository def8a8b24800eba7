import type { ReactNode } from 'react'
import { threeFigures } from '@/lib/units/format'
import type { Explainable, Plain } from '../explain/explainable'
import { type NothingKind, nothingMark } from '../figures/nothing'

/** A cell is data, so that a server page can hand a table to the browser. null is "no data", a number is formatted. */
export type Cell = null | string | number | CellSpec

/** With `explain` the figure opens its explanation; with `exact` a test can hold the two against each other. */
export interface CellSpec extends Explainable {
  /** Formatted text; null prints an em dash. */
  text?: string | null
  /** What to sort and to export by, when it is not the text. */
  sort?: number | string | null
  href?: string
  /** A mark or status in place of the text; `text` is still what is exported. */
  node?: ReactNode
  nothing?: NothingKind
  /** Why there is nothing, or the whole of a shortened text. */
  why?: string
  muted?: boolean
  mono?: boolean
}

export interface Column {
  key: string
  label: string
  /** Printed after the label: one unit per column. */
  unit?: string
  align?: 'left' | 'right'
  /** Decimals for plain numbers; without it three significant figures. */
  digits?: number
  sortable?: boolean
  width?: 'narrow' | 'wide'
  /** Why none of its figures has an explanation of its own. */
  plain?: Plain
}

export interface Row {
  id: string
  cells: Record<string, Cell>
  selected?: boolean
  /** A quieter row: excluded, superseded. */
  muted?: boolean
}

const isSpec = (cell: Cell | undefined): cell is CellSpec => typeof cell === 'object' && cell !== null

export const formatNumber = (value: number, digits?: number): string =>
  digits === undefined
    ? threeFigures(value)
    : new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
        .format(value)
        .replace('-', '−')

export const specOf = (cell: Cell | undefined): CellSpec => {
  if (isSpec(cell)) return cell
  return typeof cell === 'string' ? { text: cell } : { text: null }
}

export const textOf = (cell: Cell | undefined, column: Column): string | null => {
  if (typeof cell === 'number') return formatNumber(cell, column.digits)
  if (!isSpec(cell)) return cell ?? null
  if (cell.nothing) return nothingMark(cell.nothing)
  return cell.text ?? (typeof cell.sort === 'number' ? formatNumber(cell.sort, column.digits) : null)
}

/** What stands to the right is a quantity; nothing, and what stands in its place, is none. */
export const isFigure = (cell: Cell | undefined, column: Column): boolean =>
  column.align === 'right' && specOf(cell).nothing === undefined && textOf(cell, column) !== null

export const sortKeyOf = (cell: Cell | undefined): number | string | null => {
  if (!isSpec(cell)) return cell ?? null
  return cell.sort ?? cell.text ?? null
}

/** Nothing sorts last in both directions: a gap is neither the least nor the most. */
export const sortRows = (rows: readonly Row[], key: string, direction: 1 | -1): Row[] =>
  [...rows].sort((a, b) => {
    const left = sortKeyOf(a.cells[key])
    const right = sortKeyOf(b.cells[key])
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1
    if (typeof left === 'number' && typeof right === 'number') return (left - right) * direction
    return String(left).localeCompare(String(right), 'en', { numeric: true }) * direction
  })
