'use client'
import Link from 'next/link'
import { cx } from './cx'

export interface SegmentedOption<Value extends string> {
  value: Value
  label: string
  /** With an address the segment is a link: the choice lives in the URL. */
  href?: string
}

export interface SegmentedProps<Value extends string> {
  label: string
  value: Value
  options: readonly SegmentedOption<Value>[]
  onChange?: (value: Value) => void
  /** `toolbar`: framed, pressed = ink fill. `panel`: no frame, pressed = underlined. */
  variant?: 'toolbar' | 'panel'
  className?: string
}

const FRAME = { toolbar: 'h-7 border border-tick bg-surface p-px', panel: 'h-6.5' } as const
const ITEM = {
  toolbar: { base: 'px-[9px] rounded-[2px]', on: 'bg-ink font-medium text-paper', off: 'text-muted hover:text-ink' },
  panel: {
    base: 'px-[5px] min-w-6 rounded-control',
    on: 'font-medium text-ink underline decoration-[1.5px] underline-offset-[5px]',
    off: 'text-muted hover:text-ink',
  },
} as const

export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
  variant = 'toolbar',
  className,
}: SegmentedProps<Value>) {
  const look = ITEM[variant]
  return (
    <fieldset
      aria-label={label}
      className={cx(
        'inline-flex max-w-full min-w-0 overflow-x-auto rounded-control text-meta whitespace-nowrap [scrollbar-width:none] *:flex-none sm:flex-none',
        FRAME[variant],
        className,
      )}
    >
      {options.map((option) => {
        const on = option.value === value
        const cls = cx('inline-flex items-center', look.base, on ? look.on : look.off)
        return option.href ? (
          <Link
            key={option.value}
            href={option.href}
            scroll={false}
            aria-current={on ? 'true' : undefined}
            className={cx(cls, on && variant === 'panel' ? '' : 'no-underline hover:no-underline')}
          >
            {option.label}
          </Link>
        ) : (
          <button
            key={option.value}
            type="button"
            aria-pressed={on}
            onClick={() => onChange?.(option.value)}
            className={cls}
          >
            {option.label}
          </button>
        )
      })}
    </fieldset>
  )
}
