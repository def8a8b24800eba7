'use client'
import { Popover } from '@base-ui/react/popover'
import { useState } from 'react'
import { cx } from '../ui/cx'
import { Icon } from '../ui/icon'
import { popupClass } from '../ui/menu'
import { FILTER_LABEL, type FilterField, type FilterKey } from './filter-query'

export interface FilterMenuProps {
  fields: readonly FilterField[]
  onAdd: (key: FilterKey, value: string) => void
}

/** Field at the left, its values at the right, typed search over both. */
export function FilterMenu({ fields, onAdd }: FilterMenuProps) {
  const [open, setOpen] = useState(false)
  const [key, setKey] = useState<FilterKey | undefined>(fields[0]?.key)
  const [typed, setTyped] = useState('')
  const field = fields.find((one) => one.key === key) ?? fields[0]
  const word = typed.trim().toLowerCase()
  const shown = (word ? fields : field ? [field] : []).flatMap((one) =>
    one.options
      .filter((option) => option.label.toLowerCase().includes(word))
      .map((option) => ({ ...option, key: one.key })),
  )
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="inline-flex h-7 flex-none items-center gap-1 rounded-control px-1.5 font-medium text-accent hover:bg-sunken">
        <Icon name="plus" />
        Filter
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="start" sideOffset={6} className="z-60">
          <Popover.Popup
            aria-label="Add a filter"
            className={cx(popupClass, 'w-[400px] max-w-[calc(100vw-24px)] overflow-hidden')}
          >
            <div className="flex h-[38px] items-center gap-2 border-b border-hairline px-3">
              <Icon name="search" className="text-muted" />
              <input
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                placeholder="Find a value"
                aria-label="Find a value"
                className="h-full min-w-0 flex-1 bg-transparent outline-none placeholder:text-muted"
              />
            </div>
            <div className="grid grid-cols-[120px_minmax(0,1fr)]">
              <ul aria-label="Fields" className="border-r border-hairline py-1">
                {fields.map((one) => (
                  <li key={one.key}>
                    <button
                      type="button"
                      aria-pressed={!word && one.key === field?.key}
                      onClick={() => {
                        setKey(one.key)
                        setTyped('')
                      }}
                      className="flex h-7 w-full items-center px-3 text-left outline-offset-[-2px] hover:bg-sunken aria-pressed:bg-sunken aria-pressed:font-medium"
                    >
                      {FILTER_LABEL[one.key]}
                    </button>
                  </li>
                ))}
              </ul>
              <ul aria-label="Values" className="max-h-72 overflow-y-auto py-1">
                {shown.map((option) => (
                  <li key={`${option.key}-${option.value}`}>
                    <button
                      type="button"
                      onClick={() => {
                        onAdd(option.key, option.value)
                        setOpen(false)
                        setTyped('')
                      }}
                      className="flex h-7 w-full items-center gap-2 px-3 text-left outline-offset-[-2px] hover:bg-sunken"
                    >
                      {word && <span className="text-muted">{FILTER_LABEL[option.key]} is</span>}
                      <span className="min-w-0 flex-1 truncate">{option.label}</span>
                      {option.hint && <span className="text-meta text-muted">{option.hint}</span>}
                    </button>
                  </li>
                ))}
                {shown.length === 0 && <li className="px-3 py-1.5 text-muted">Nothing matches.</li>}
              </ul>
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
