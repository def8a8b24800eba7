'use client'
import Link from 'next/link'
import { cx } from './cx'
import { Icon } from './icon'

export interface ChipProps {
  field: string
  operator?: string
  value: string
  /** A value that names nothing here any more: struck through, still removable. */
  dead?: boolean
  onRemove?: () => void
  removeHref?: string
}

const removeClass = 'grid size-6 place-items-center rounded-control text-muted hover:text-ink'

export function Chip({ field, operator = 'is', value, dead = false, onRemove, removeHref }: ChipProps) {
  const label = `Remove filter ${field} ${operator} ${value}`
  const removable = onRemove !== undefined || removeHref !== undefined
  return (
    <span
      title={dead ? 'This value names nothing here' : undefined}
      className={cx(
        'inline-flex h-6.5 max-w-full items-center gap-[5px] rounded-control border border-tick pl-2 text-meta whitespace-nowrap',
        removable ? 'pr-px' : 'pr-2',
        dead ? 'border-dashed text-muted' : 'bg-surface',
      )}
    >
      <span className={cx('flex min-w-0 gap-[5px]', dead && 'line-through')}>
        <span className="text-muted">{field}</span>
        <span className="text-muted">{operator}</span>
        <span className="truncate">{value}</span>
      </span>
      {dead && <span className="sr-only">(unknown)</span>}
      {onRemove && (
        <button type="button" aria-label={label} onClick={onRemove} className={removeClass}>
          <Icon name="close" size={12} />
        </button>
      )}
      {!onRemove && removeHref && (
        <Link href={removeHref} scroll={false} aria-label={label} className={removeClass}>
          <Icon name="close" size={12} />
        </Link>
      )}
    </span>
  )
}
