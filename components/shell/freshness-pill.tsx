import Link from 'next/link'
import { cx } from '../ui/cx'
import { Icon } from '../ui/icon'

export interface FreshnessPillProps {
  /** `Telemetry 3 min ago`; null = none received yet. */
  telemetry: string | null
  /** `Grid final to 20 Nov` */
  grid?: string | null
  stale?: boolean
  href?: string
}

export function FreshnessPill({ telemetry, grid, stale = false, href }: FreshnessPillProps) {
  const body = (
    <>
      {stale || telemetry === null ? (
        <Icon name="clock" size={13} className="text-warn" />
      ) : (
        <span aria-hidden="true" className="size-[7px] flex-none rounded-full bg-accent" />
      )}
      <span className={cx(stale && 'text-warn')}>{telemetry ?? 'No telemetry yet'}</span>
      {grid && <span className="border-l border-hairline pl-2 text-muted max-lg:hidden">{grid}</span>}
    </>
  )
  const look = 'flex min-h-6 items-center gap-2 text-meta whitespace-nowrap text-ink-2 max-md:hidden'
  return href ? (
    <Link href={href} className={cx(look, 'no-underline')}>
      {body}
    </Link>
  ) : (
    <p className={look}>{body}</p>
  )
}
