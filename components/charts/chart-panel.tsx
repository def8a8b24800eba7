'use client'
import { type ReactNode, useId, useState } from 'react'
import type { Column, Row } from '../tables/cells'
import { csvOf, downloadCsv } from '../tables/csv'
import { DataTable } from '../tables/data-table'
import { cx } from '../ui/cx'
import { IconButton } from '../ui/icon-button'
import { PanelHead, panelClass, type Span } from '../ui/panel'
import { ProgressLine } from '../ui/progress-line'
import { Segmented } from '../ui/segmented'

export interface ChartTable {
  columns: readonly Column[]
  rows: readonly Row[]
  total?: Row
}

/** What every chart of this folder also takes. */
export interface ChartFrameProps {
  /** The finding, computed from the data: `Inference is now 48 % of the total`. */
  title: string
  /** Unit, method, what the marks mean. */
  meta?: ReactNode
  /** Name of the CSV file. */
  csvName: string
  span?: Span
  /** Buttons before the switch. */
  tools?: ReactNode
  /** Under the chart: a gap note, a legend. */
  note?: ReactNode
  refetching?: boolean
}

export interface ChartPanelProps extends ChartFrameProps {
  /** Kind of chart, for tests: `figure[data-chart=stacked-months]`. */
  kind: string
  /** The numbers drawn, made from the same array as the marks. */
  table: ChartTable
  children: ReactNode
}

export function ChartPanel(props: ChartPanelProps) {
  const { title, meta, csvName, span = 12, tools, note, refetching, kind, table, children } = props
  const [view, setView] = useState<'chart' | 'table'>('chart')
  const id = useId()
  const empty = table.rows.length === 0
  return (
    <figure data-chart={kind} data-rows={table.rows.length} aria-labelledby={id} className={panelClass(span)}>
      {refetching && <ProgressLine />}
      <PanelHead
        id={id}
        title={title}
        meta={meta}
        tools={
          <>
            {tools}
            <Segmented
              variant="panel"
              label={`${title}: show as`}
              value={view}
              onChange={setView}
              options={[
                { value: 'chart', label: 'Chart' },
                { value: 'table', label: 'Table' },
              ]}
            />
            <IconButton
              icon="download"
              label={`Download CSV: ${title}`}
              disabled={empty}
              onClick={() => downloadCsv(csvName, csvOf(table.columns, table.rows))}
            />
          </>
        }
      />
      <div className={cx(refetching && 'opacity-60')}>
        {view === 'chart' ? (
          children
        ) : (
          <DataTable
            caption={title}
            columns={table.columns}
            rows={table.rows}
            total={table.total}
            density={28}
            maxHeight="420"
          />
        )}
        {note}
      </div>
    </figure>
  )
}
