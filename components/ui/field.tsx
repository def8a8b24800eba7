'use client'
import { type InputHTMLAttributes, type ReactNode, useId } from 'react'
import { cx } from './cx'

export const inputClass = (invalid: boolean, className?: string): string =>
  cx(
    'h-8 w-full rounded-control border bg-surface px-2.5 text-table text-ink placeholder:text-muted disabled:border-dashed disabled:bg-transparent disabled:text-muted',
    invalid ? 'border-breach inset-ring inset-ring-breach' : 'border-tick hover:border-ink',
    className,
  )

export interface FieldFrameProps {
  label: ReactNode
  help?: ReactNode
  error?: ReactNode
}

/** Label above, help below, the error in words in place of the help. */
export function FieldFrame({
  id,
  label,
  help,
  error,
  children,
  className,
}: FieldFrameProps & { id: string; children: ReactNode; className?: string }) {
  return (
    <div className={cx('block min-w-0', className)}>
      <label htmlFor={id} className="mb-1 block text-meta font-medium">
        {label}
      </label>
      {children}
      {(error ?? help) && (
        <p id={`${id}-note`} className={cx('mt-1 text-meta', error ? 'text-breach' : 'text-muted')}>
          {error ?? help}
        </p>
      )}
    </div>
  )
}

export interface FieldProps extends FieldFrameProps, Omit<InputHTMLAttributes<HTMLInputElement>, 'id'> {
  inputClassName?: string
}

export function Field({ label, help, error, className, inputClassName, ...input }: FieldProps) {
  const id = useId()
  return (
    <FieldFrame id={id} label={label} help={help} error={error} className={className}>
      <input
        {...input}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={(error ?? help) ? `${id}-note` : undefined}
        className={inputClass(Boolean(error), inputClassName)}
      />
    </FieldFrame>
  )
}
