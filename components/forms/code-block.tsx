'use client'
import { useState } from 'react'
import { Button } from '../ui/button'
import { cx } from '../ui/cx'

export interface CodeBlockProps {
  /** What the code is, for readers: `Example request`. */
  label: string
  code: string
  /** For one long word such as a key: broken over lines, seen whole. */
  wrap?: boolean
  onCopied?: () => void
}

/** Code to paste, with its copy button; long lines scroll. */
export function CodeBlock({ label, code, wrap = false, onCopied }: CodeBlockProps) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(code)
    setCopied(true)
    onCopied?.()
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <div className="relative border-y border-hairline bg-sunken">
      {/* biome-ignore lint/a11y/useSemanticElements: a scrolling region needs a name and a tab stop, not a section heading */}
      <div
        role="region"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards must be able to scroll it (WCAG 2.1.1)
        tabIndex={0}
        className="overflow-x-auto px-3 pt-2.5 pb-2 text-meta"
      >
        <pre className={cx('pr-20 font-mono', wrap && 'break-all whitespace-pre-wrap')}>
          <code>{code}</code>
        </pre>
      </div>
      <div className="no-print absolute top-1.5 right-1.5">
        <Button size={26} onClick={copy} aria-label={`Copy: ${label}`}>
          {copied ? 'Copied' : 'Copy'}
        </Button>
      </div>
      <span role="status" className="sr-only">
        {copied ? 'Copied' : ''}
      </span>
    </div>
  )
}
