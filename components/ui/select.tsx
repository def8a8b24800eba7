'use client'
import { type SelectHTMLAttributes, useId } from 'react'
import { cx } from './cx'
import { FieldFrame, type FieldFrameProps, inputClass } from './field'
import { Icon } from './icon'

export interface SelectOption {
  value: string
  label: string
  disabled?: boolean
}

export interface SelectProps extends FieldFrameProps, Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id' | 'children'> {
  options: readonly SelectOption[]
}

/** The platform's own list: it works with every keyboard, phone and reader. */
export function Select({ label, help, error, options, className, ...select }: SelectProps) {
  const id = useId()
  return (
    <FieldFrame id={id} label={label} help={help} error={error} className={className}>
      <span className="relative block">
        <select
          {...select}
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={(error ?? help) ? `${id}-note` : undefined}
          className={cx(inputClass(Boolean(error)), 'appearance-none pr-7')}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="down" className="pointer-events-none absolute top-2 right-2 text-muted" />
      </span>
    </FieldFrame>
  )
}
