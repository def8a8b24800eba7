import { formatPercent } from '@/lib/units/format'
import { formatNumber } from '../tables/cells'
import { cx } from '../ui/cx'
import { type DisplayStage, STAGE_LABEL, stageColor } from './stages'

export interface StageTotal {
  stage: DisplayStage
  mass: number
  /** Share of change on the compared period; null when there is nothing to compare with. */
  change?: string | null
}

export interface StageLegendProps {
  totals: readonly StageTotal[]
  unit: string
  changeLabel?: string
  totalChange?: string | null
}

const CELL = 'h-8 border-b border-hairline pr-2 last:pr-0'
const HEAD = 'border-b border-tick pb-[5px] pr-2 text-meta font-normal text-muted last:pr-0 whitespace-nowrap'

/** The legend is a table with mass, share and change, in the order of the stack from the top down. */
export function StageLegend({ totals, unit, changeLabel, totalChange }: StageLegendProps) {
  const sum = totals.reduce((all, row) => all + row.mass, 0)
  const right = 'text-right whitespace-nowrap'
  return (
    <table className="w-full border-collapse self-start text-meta">
      <caption className="sr-only">Totals by stage</caption>
      <thead>
        <tr>
          <th scope="col" className={cx(HEAD, 'text-left')}>
            Colour = stage
          </th>
          <th scope="col" className={cx(HEAD, right)}>
            Total {unit}
          </th>
          <th scope="col" className={cx(HEAD, right)}>
            Share
          </th>
          {changeLabel && (
            <th scope="col" className={cx(HEAD, right)}>
              {changeLabel}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {[...totals].reverse().map((row) => (
          <tr key={row.stage}>
            <td className={cx(CELL, 'whitespace-nowrap')}>
              <svg width="10" height="10" aria-hidden="true" className="swatch mr-[7px] inline-block align-[-1px]">
                <rect width="10" height="10" fill={stageColor(row.stage)} />
              </svg>
              {STAGE_LABEL[row.stage]}
            </td>
            <td className={cx(CELL, right)}>{formatNumber(row.mass)}</td>
            <td className={cx(CELL, right)}>{sum > 0 ? formatPercent(row.mass / sum) : '—'}</td>
            {changeLabel && <td className={cx(CELL, right, 'text-muted')}>{row.change ?? '—'}</td>}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="font-semibold">
          <td className="h-8 border-y border-rule pr-2">Total</td>
          <td className={cx('h-8 border-y border-rule pr-2', right)}>{formatNumber(sum)}</td>
          <td className={cx('h-8 border-y border-rule pr-2 last:pr-0', right)}>{sum > 0 ? '100\u202f%' : '—'}</td>
          {changeLabel && <td className={cx('h-8 border-y border-rule', right)}>{totalChange ?? '—'}</td>}
        </tr>
      </tfoot>
    </table>
  )
}
