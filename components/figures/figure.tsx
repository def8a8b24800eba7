import { type Explainable, explainData, figureData } from '../explain/explainable'
import { cx } from '../ui/cx'
import { ExplainLink } from './explain-link'
import { Nothing } from './nothing'
import { UnitText } from './unit-text'

export type FigureSize = 'hero' | 'drawer' | 'kpi' | 'lead' | 'inline'

export interface FigureProps extends Explainable {
  /** Formatted digits (see lib/units/format); null prints an em dash, never 0. */
  value: string | null
  unit?: string
  /** Formatted half-width of the 95 % interval, in the same unit. */
  interval?: string | null
  size?: FigureSize
  /** Why there is no value. */
  why?: string
  /** What is explained, for readers of the ƒ. */
  explainOf?: string
  /** The ƒ stands elsewhere, as in a KPI's label. */
  withoutMark?: boolean
  className?: string
}

const SIZE: Record<FigureSize, { value: string; rest: string }> = {
  hero: { value: 'text-hero font-medium max-sm:text-drawer', rest: 'text-[18px]' },
  drawer: { value: 'text-drawer font-medium', rest: 'text-[16px]' },
  kpi: { value: 'text-kpi font-medium', rest: 'text-[14px]' },
  lead: { value: 'text-title font-medium', rest: 'text-table' },
  inline: { value: 'text-body font-medium', rest: 'text-meta' },
}

export function Figure(props: FigureProps) {
  const { value, unit, interval, size = 'kpi', why, className, explain, explainOf, withoutMark } = props
  const look = SIZE[size]
  return (
    <p
      {...figureData(value !== null, props.plain)}
      {...explainData(props, { text: value, unit })}
      className={cx('tabular-nums', explain && 'cursor-pointer', look.value, className)}
    >
      {value === null ? <Nothing why={why} /> : <span className="whitespace-nowrap">{value}</span>}{' '}
      {value !== null && (interval || unit) && (
        <span className={cx('ml-px inline-block font-normal whitespace-nowrap tracking-normal text-muted', look.rest)}>
          {interval && `± ${interval}${unit ? '\u202f' : ''}`}
          {unit && <UnitText text={unit} />}
        </span>
      )}
      {explain && !withoutMark && <ExplainLink explain={explain} of={explainOf ?? 'this figure'} />}
    </p>
  )
}
