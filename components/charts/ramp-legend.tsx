import { cx } from '../ui/cx'
import { INTENSITY_BREAKS_G_PER_KWH } from './ramp'

// Written out, so that the stylesheet holds them.
const FILL = ['bg-i1', 'bg-i2', 'bg-i3', 'bg-i4', 'bg-i5', 'bg-i6', 'bg-i7', 'bg-i8']

/** The numeric legend: a colour without its number means nothing. */
export function RampLegend({ className, withUnit = true }: { className?: string; withUnit?: boolean }) {
  const last = INTENSITY_BREAKS_G_PER_KWH.length - 1
  return (
    <div className={cx('flex flex-wrap items-end gap-x-3 text-micro text-muted', className)}>
      <span className="sr-only">Grid intensity by colour, from pale to dark, each from:</span>
      <ol className="flex w-[416px] max-w-full">
        {INTENSITY_BREAKS_G_PER_KWH.map((from, at) => (
          <li key={from} className="min-w-0 flex-1">
            <span aria-hidden="true" className={cx('swatch block h-2.5 border-y border-hairline', FILL[at])} />
            {at === last ? `${from}+` : from}
          </li>
        ))}
      </ol>
      {withUnit && (
        <span className="whitespace-nowrap">
          g CO<sub>2</sub>e/kWh
        </span>
      )}
    </div>
  )
}
