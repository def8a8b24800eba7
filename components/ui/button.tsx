import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { cx } from './cx'

export type ButtonTone = 'primary' | 'secondary' | 'quiet' | 'danger'
export type ButtonSize = 32 | 28 | 26

const TONE: Record<ButtonTone, string> = {
  primary:
    'border-accent bg-accent text-accent-ink hover:bg-[color-mix(in_oklab,var(--accent)_86%,var(--ink))] active:bg-[color-mix(in_oklab,var(--accent)_76%,var(--ink))]',
  secondary: 'border-tick bg-surface text-ink hover:border-ink active:bg-sunken',
  quiet: 'border-transparent text-ink hover:bg-sunken active:bg-sunken',
  danger: 'border-breach bg-surface text-breach hover:bg-breach-wash active:bg-breach-wash',
}
const SIZE: Record<ButtonSize, string> = {
  32: 'h-8 px-3 text-table',
  28: 'h-7 px-2.5 text-meta',
  26: 'h-6.5 px-[9px] text-meta',
}

export const buttonClass = (tone: ButtonTone, size: ButtonSize, className?: string): string =>
  cx(
    'inline-flex items-center justify-center gap-1.5 rounded-control border font-medium whitespace-nowrap no-underline hover:no-underline',
    TONE[tone],
    SIZE[size],
    'disabled:cursor-not-allowed disabled:border-dashed disabled:border-tick disabled:bg-transparent disabled:text-muted disabled:hover:bg-transparent',
    className,
  )

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  tone?: ButtonTone
  size?: ButtonSize
  /** Why the button cannot be used now; printed beside it. Implies disabled. */
  disabledReason?: string
  children: ReactNode
}

export function Button({ tone = 'secondary', size = 32, disabledReason, className, type, ...rest }: ButtonProps) {
  const button = (
    <button
      type={type ?? 'button'}
      className={buttonClass(tone, size, className)}
      {...rest}
      disabled={rest.disabled || disabledReason !== undefined}
    />
  )
  if (disabledReason === undefined) return button
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2.5 gap-y-1">
      {button}
      <span className="text-meta text-muted">{disabledReason}</span>
    </span>
  )
}
