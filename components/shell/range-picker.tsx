'use client'
import { Popover } from '@base-ui/react/popover'
import { useState } from 'react'
import { Button } from '../ui/button'
import { cx } from '../ui/cx'
import { Field } from '../ui/field'
import { Icon } from '../ui/icon'
import { popupClass } from '../ui/menu'
import { addDays, type DayRange, isDay, RANGE_PRESETS, type ResolvedRange, rangeLabel, rangeOf } from './range'

export interface RangePickerProps {
  range: ResolvedRange
  today: string
  fiscalStartMonth?: number
  onPreset: (key: string) => void
  onCustom: (range: DayRange) => void
  onShift: (direction: 1 | -1) => void
}

const arrow =
  'grid h-full w-6.5 place-items-center text-ink-2 outline-offset-[-2px] hover:bg-sunken disabled:text-ghost-soft'

export function RangePicker({ range, today, fiscalStartMonth, onPreset, onCustom, onShift }: RangePickerProps) {
  const [open, setOpen] = useState(false)
  const [from, setFrom] = useState(range.from)
  const [last, setLast] = useState(addDays(range.to, -1))
  const wrong =
    !isDay(from) || !isDay(last) ? 'Two dates are needed.' : last < from ? 'The end lies before the start.' : null
  const show = (next: boolean) => {
    if (next) {
      setFrom(range.from)
      setLast(addDays(range.to, -1))
    }
    setOpen(next)
  }
  return (
    <span className="inline-flex h-7 flex-none overflow-hidden rounded-control border border-tick bg-surface">
      <button type="button" aria-label="Earlier" title="Earlier" onClick={() => onShift(-1)} className={arrow}>
        <Icon name="left" />
      </button>
      <Popover.Root open={open} onOpenChange={show}>
        <Popover.Trigger
          aria-label={`Time range: ${range.label}`}
          className="flex items-center gap-1.5 border-x border-hairline px-2.5 font-medium whitespace-nowrap outline-offset-[-2px] hover:bg-sunken"
        >
          <Icon name="clock" />
          {range.label}
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Positioner align="start" sideOffset={6} className="z-60">
            <Popover.Popup
              aria-label="Time range"
              className={cx(popupClass, 'grid max-w-[calc(100vw-24px)] overflow-hidden sm:grid-cols-[212px_228px]')}
            >
              <ul aria-label="Presets" className="py-1.5 sm:border-r sm:border-hairline">
                {RANGE_PRESETS.map((preset) => {
                  const window = rangeOf(preset.key, today, fiscalStartMonth)
                  const on = range.key === preset.key
                  return (
                    <li key={preset.key}>
                      <button
                        type="button"
                        aria-pressed={on}
                        title={window ? rangeLabel(window) : undefined}
                        onClick={() => {
                          onPreset(preset.key)
                          setOpen(false)
                        }}
                        className={cx(
                          'flex h-7 w-full items-center justify-between px-3 text-left outline-offset-[-2px] hover:bg-sunken',
                          on && 'bg-sunken font-medium',
                        )}
                      >
                        {preset.label}
                        {on && <Icon name="check" size={14} />}
                      </button>
                    </li>
                  )
                })}
              </ul>
              <form
                className="grid content-start gap-3 p-3 max-sm:border-t max-sm:border-hairline"
                onSubmit={(event) => {
                  event.preventDefault()
                  if (wrong) return
                  onCustom({ from, to: addDays(last, 1) })
                  setOpen(false)
                }}
              >
                <Field label="From" type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
                <Field
                  label="To, last day included"
                  type="date"
                  value={last}
                  onChange={(event) => setLast(event.target.value)}
                  error={wrong}
                />
                <Button type="submit" size={28} className="justify-self-start">
                  Show this range
                </Button>
                <p className="text-micro text-muted">Days are UTC.</p>
              </form>
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
      <button
        type="button"
        aria-label="Later"
        title="Later"
        disabled={range.to > today}
        onClick={() => onShift(1)}
        className={arrow}
      >
        <Icon name="right" />
      </button>
    </span>
  )
}
