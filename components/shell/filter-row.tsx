'use client'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { type ReactNode, useOptimistic, useTransition } from 'react'
import { Chip } from '../ui/chip'
import { FilterMenu } from './filter-menu'
import { activeFilters, addressOf, FILTER_LABEL, type FilterField, withFilter, withoutFilter } from './filter-query'
import { type DayRange, resolveRange, shiftRange } from './range'
import { RangePicker } from './range-picker'

export interface FilterRowProps {
  /** `2026-11-23`, UTC, from the server: the browser's clock is not asked. */
  today: string
  /** Preset when the URL names none; `fytd` on report pages, `30d` elsewhere. It is not written to the URL. */
  defaultRange?: string
  fiscalStartMonth?: number
  /** Without it the page has no time range. */
  withRange?: boolean
  fields?: readonly FilterField[]
  /** Said after each change: `128 runs`. */
  resultText?: string
  /** Right end: segmented controls. */
  children?: ReactNode
}

export function FilterRow(props: FilterRowProps) {
  const { today, defaultRange = '30d', fiscalStartMonth, withRange = true, fields = [], resultText, children } = props
  const router = useRouter()
  const pathname = usePathname()
  // Shown at once, while the server still answers: a second change builds on the first.
  const [asked, ask] = useOptimistic(useSearchParams().toString())
  const query = new URLSearchParams(asked)
  const [pending, start] = useTransition()
  const range = resolveRange(
    { range: query.get('range'), from: query.get('from'), to: query.get('to') },
    { today, defaultKey: defaultRange, fiscalStartMonth },
  )
  const chips = activeFilters(query, fields)
  const go = (next: URLSearchParams) => {
    // A cursor of the former result means nothing in the next one.
    next.delete('cursor')
    start(() => {
      ask(next.toString())
      router.push(addressOf(pathname, next), { scroll: false })
    })
  }
  const timeless = () => withoutFilter(withoutFilter(withoutFilter(query, 'range'), 'from'), 'to')
  const preset = (key: string) => {
    const next = timeless()
    if (key !== defaultRange) next.set('range', key)
    go(next)
  }
  const custom = ({ from, to }: DayRange) => {
    const next = timeless()
    next.set('from', from)
    next.set('to', to)
    go(next)
  }
  return (
    <search
      aria-label="Filters"
      data-chrome=""
      aria-busy={pending}
      className="no-bar relative flex min-h-10 flex-none flex-wrap items-center gap-2 border-b border-hairline px-(--gutter) py-1.5 text-meta whitespace-nowrap"
    >
      {pending && <span aria-hidden="true" className="absolute bottom-[-1px] left-0 h-[2px] w-[44%] bg-accent" />}
      {withRange && (
        <RangePicker
          range={range}
          today={today}
          fiscalStartMonth={fiscalStartMonth}
          onPreset={preset}
          onCustom={custom}
          onShift={(direction) => custom(shiftRange(range, direction))}
        />
      )}
      {withRange && range.dead && <Chip field="Range" value={range.dead} dead onRemove={() => go(timeless())} />}
      {chips.map((chip) => (
        <Chip
          key={`${chip.key}-${chip.value}`}
          field={FILTER_LABEL[chip.key]}
          value={chip.label}
          dead={chip.dead}
          onRemove={() => go(withoutFilter(query, chip.key, chip.value))}
        />
      ))}
      {fields.some((field) => field.options.length > 0) && (
        <FilterMenu
          fields={fields.filter((field) => field.options.length > 0)}
          onAdd={(key, value) => go(withFilter(query, key, value))}
        />
      )}
      {children && <div className="ml-auto flex items-center gap-2 max-md:ml-0">{children}</div>}
      <span role="status" className="sr-only">
        {pending ? '' : resultText}
      </span>
    </search>
  )
}
