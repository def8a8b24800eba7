import Link from 'next/link'
import type { ReactNode } from 'react'
import { type ButtonSize, type ButtonTone, buttonClass } from './button'

export interface LinkButtonProps {
  href: string
  tone?: ButtonTone
  size?: ButtonSize
  /** A file to save: a plain anchor, so that the router never prefetches it. */
  download?: boolean | string
  /** false for addresses that only redirect. */
  prefetch?: boolean
  className?: string
  children: ReactNode
}

export function LinkButton({
  href,
  tone = 'secondary',
  size = 32,
  download,
  prefetch,
  className,
  children,
}: LinkButtonProps) {
  const cls = buttonClass(tone, size, className)
  if (download !== undefined && download !== false)
    return (
      <a href={href} download={download} className={cls}>
        {children}
      </a>
    )
  return (
    <Link href={href} prefetch={prefetch} className={cls}>
      {children}
    </Link>
  )
}
