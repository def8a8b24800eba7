'use client'
import { type ReactNode, useMemo, useState } from 'react'
import { figureData } from '../explain/explainable'
import { UnitText } from '../figures/unit-text'
import { cx } from '../ui/cx'
import { type Column, isFigure, type Row, sortRows, specOf } from './cells'
import { DataCell } from './data-cell'

export interface DataTableProps {
  /** Names the table for readers; shown only with `showCaption`. */
  caption: string
  columns: readonly Column[]
  rows: readonly Row[]
  total?: Row
  /** What to show in place of rows. */
  empty?: ReactNode
  density?: 36 | 28
  /** Initial order; without it the rows stay as given. */
  sort?: { key: string; direction: 'ascending' | 'descending' }
  sortable?: boolean
  /** Keep the head in sight: the table scrolls in itself from this height. */
  maxHeight?: 'none' | '420'
  className?: string
}

const TH =
  'border-b border-tick pt-1 pb-[5px] pr-3 align-bottom text-meta font-normal whitespace-nowrap text-muted last:pr-0'
const TD = 'border-b border-hairline pr-3 last:pr-0'

const markOf = (row: Row, column: Column) => {
  const cell = row.cells[column.key]
  return figureData(isFigure(cell, column), specOf(cell).plain ?? column.plain)
}

export function DataTable(props: DataTableProps) {
  const { caption, columns, rows, total, empty, density = 36, sortable = true, maxHeight = 'none', className } = props
  const [order, setOrder] = useState(props.sort)
  const shown = useMemo(
    () => (order ? sortRows(rows, order.key, order.direction === 'ascending' ? 1 : -1) : rows),
    [rows, order],
  )
  const height = density === 36 ? 'h-9' : 'h-7'
  const side = (at: number) =>
    cx(
      columns[at]?.align === 'right' ? 'text-right whitespace-nowrap' : 'text-left',
      at > 0 && columns[at - 1]?.align === 'right' && columns[at]?.align !== 'right' && 'pl-5',
      columns[at]?.width === 'wide' ? 'min-w-48' : at === 0 && 'whitespace-nowrap',
    )
  const press = (key: string) =>
    setOrder((now) => ({
      key,
      direction: now?.key === key && now.direction === 'ascending' ? 'descending' : 'ascending',
    }))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a scrolling region needs a name and a tab stop, not a section heading
    <div
      role="region"
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards must be able to scroll it (WCAG 2.1.1)
      tabIndex={0}
      className={cx(
        'relative overflow-x-auto',
        maxHeight === '420' && 'max-h-[420px] overflow-y-auto print:max-h-none',
        className,
      )}
    >
      <table className="w-full border-collapse text-table">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 z-1 bg-(--table-ground,var(--paper))">
          <tr>
            {columns.map((column, at) => {
              const on = order?.key === column.key
              const label = (
                <>
                  {column.label}
                  {column.unit && <UnitText text={`${column.label ? ' ' : ''}${column.unit}`} />}
                </>
              )
              const can = sortable && column.sortable !== false && rows.length > 1
              return (
                <th
                  key={column.key}
                  scope="col"
                  aria-sort={on ? order.direction : undefined}
                  className={cx(TH, side(at))}
                >
                  {can ? (
                    <button
                      type="button"
                      onClick={() => press(column.key)}
                      className="-my-1 min-h-6 min-w-6 text-inherit hover:text-ink"
                    >
                      {label}
                      {on && (
                        <span aria-hidden="true" className="ml-1 text-[9px] text-ink">
                          {order.direction === 'ascending' ? '▲' : '▼'}
                        </span>
                      )}
                    </button>
                  ) : (
                    label
                  )}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr
              key={row.id}
              aria-selected={row.selected}
              className={cx(
                row.selected ? 'bg-accent-wash' : 'hover:bg-[color-mix(in_oklab,var(--sunken)_60%,transparent)]',
                row.muted && 'text-muted',
              )}
            >
              {columns.map((column, at) => (
                <td key={column.key} {...markOf(row, column)} className={cx(TD, height, side(at))}>
                  <DataCell cell={row.cells[column.key]} column={column} />
                </td>
              ))}
            </tr>
          ))}
          {rows.length === 0 && (
            <tr>
              <td colSpan={columns.length} className="border-b border-hairline py-6">
                {empty ?? <span className="text-muted">Nothing here yet.</span>}
              </td>
            </tr>
          )}
        </tbody>
        {total && rows.length > 0 && (
          <tfoot className={maxHeight === '420' ? 'sticky bottom-0 bg-paper' : undefined}>
            <tr>
              {columns.map((column, at) => (
                <td
                  key={column.key}
                  {...markOf(total, column)}
                  className={cx('border-y border-rule pr-3 font-semibold last:pr-0', height, side(at))}
                >
                  {total.cells[column.key] === undefined ? null : (
                    <DataCell cell={total.cells[column.key]} column={column} />
                  )}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}
