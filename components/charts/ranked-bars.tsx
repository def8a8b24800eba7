'use client'
import Link from 'next/link'
import { threeFigures } from '@/lib/units/format'
import { UnitText } from '../figures/unit-text'
import { type ChartFrameProps, ChartPanel } from './chart-panel'

export interface RankedBar {
  id: string
  label: string
  href?: string
  /** In the unit of the chart; null = no figure: no bar, an em dash. */
  value: number | null
  /** Right of the value, muted: a share, a count. */
  note?: string
  /** A short tick on the bar: a budget. */
  mark?: number | null
  /** Drawn in ink in place of ghost, and said in words by `note`. */
  strong?: boolean
}

export interface RankedBarsProps extends ChartFrameProps {
  bars: readonly RankedBar[]
  /** Head of the first and the second column of the table. */
  itemLabel: string
  valueLabel: string
  unit: string
  noteLabel?: string
  markLabel?: string
}

export function RankedBars({ bars, itemLabel, valueLabel, unit, noteLabel, markLabel, ...frame }: RankedBarsProps) {
  const most = Math.max(0, ...bars.map((bar) => Math.max(bar.value ?? 0, bar.mark ?? 0))) || 1
  const percent = (value: number) => `${Math.max(0, (value / most) * 100)}%`
  const table = {
    columns: [
      { key: 'item', label: itemLabel },
      { key: 'value', label: valueLabel, unit, align: 'right' as const },
      ...(markLabel ? [{ key: 'mark', label: markLabel, unit, align: 'right' as const }] : []),
      ...(noteLabel ? [{ key: 'note', label: noteLabel, align: 'right' as const }] : []),
    ],
    rows: bars.map((bar) => ({
      id: bar.id,
      cells: {
        item: bar.href ? { text: bar.label, href: bar.href } : bar.label,
        value: bar.value,
        mark: bar.mark ?? null,
        note: bar.note ?? null,
      },
    })),
  }
  return (
    <ChartPanel kind="ranked-bars" table={table} {...frame}>
      <ul aria-label={`${valueLabel} by ${itemLabel.toLowerCase()}, largest first`}>
        {bars.map((bar) => (
          <li
            key={bar.id}
            className="grid min-h-[29px] grid-cols-[minmax(72px,26%)_minmax(0,1fr)_64px_auto] items-center gap-x-2 text-meta"
          >
            <span className="truncate text-right" title={bar.label}>
              {bar.href ? (
                <Link href={bar.href} className="inline-block py-1 text-ink hover:text-accent">
                  {bar.label}
                </Link>
              ) : (
                bar.label
              )}
            </span>
            <svg width="100%" height="29" aria-hidden="true" className="swatch overflow-visible">
              {bar.value !== null && (
                <rect y="8" width={percent(bar.value)} height="13" fill={bar.strong ? 'var(--ink)' : 'var(--ghost)'} />
              )}
              {typeof bar.mark === 'number' && (
                <line
                  x1={percent(bar.mark)}
                  x2={percent(bar.mark)}
                  y1="6"
                  y2="23"
                  stroke="var(--ink)"
                  shapeRendering="crispEdges"
                />
              )}
              <line x1="0" x2="0" y1="0" y2="29" stroke="var(--ink)" shapeRendering="crispEdges" />
            </svg>
            <span className="text-right font-medium whitespace-nowrap">
              {bar.value === null ? (
                <span className="text-muted" title="No data">
                  —
                </span>
              ) : (
                threeFigures(bar.value)
              )}
              <span className="sr-only">
                {' '}
                <UnitText text={unit} />
              </span>
            </span>
            <span className="min-w-12 text-right whitespace-nowrap text-muted">{bar.note}</span>
          </li>
        ))}
      </ul>
      {markLabel && (
        <p className="mt-2 flex items-center gap-1.5 text-meta text-ink-2">
          <svg width="6" height="12" aria-hidden="true">
            <line x1="3" x2="3" y1="0" y2="12" stroke="var(--ink)" />
          </svg>
          {markLabel}
        </p>
      )}
    </ChartPanel>
  )
}
