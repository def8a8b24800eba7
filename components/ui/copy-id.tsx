'use client'
import { useState } from 'react'
import { cx } from './cx'
import { Icon } from './icon'

export interface CopyIdProps {
  id: string
  /** Shown instead of the whole id, e.g. `led_…8Q4T`; the whole one is copied. */
  short?: string
  className?: string
}

export function CopyId({ id, short, className }: CopyIdProps) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(id)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <span className={cx('inline-flex items-center gap-0.5 font-mono text-meta whitespace-nowrap', className)}>
      <span className="min-w-0 truncate [font-feature-settings:'zero']" title={short ? id : undefined}>
        {short ?? id}
      </span>
      <button
        type="button"
        onClick={copy}
        aria-label={`Copy ${id}`}
        className="no-print grid size-6 flex-none place-items-center rounded-control text-muted hover:bg-sunken hover:text-ink"
      >
        <Icon name={copied ? 'check' : 'copy'} size={13} />
      </button>
      <span role="status" className="sr-only">
        {copied ? 'Copied' : ''}
      </span>
    </span>
  )
}
