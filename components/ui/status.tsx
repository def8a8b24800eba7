import type { ReactNode } from 'react'
import { cx } from './cx'
import { Icon, type IconName } from './icon'

export type StatusTone = 'verified' | 'warn' | 'breach' | 'locked' | 'running' | 'stale' | 'plain'

const LOOK: Record<StatusTone, { icon: IconName; color: string }> = {
  verified: { icon: 'check', color: 'text-accent' },
  warn: { icon: 'warn', color: 'text-warn' },
  breach: { icon: 'breach', color: 'text-breach' },
  locked: { icon: 'lock', color: 'text-ink' },
  running: { icon: 'clock', color: 'text-ink' },
  stale: { icon: 'clock', color: 'text-warn' },
  plain: { icon: 'ring', color: 'text-ink-2' },
}

/** Shape and word say it; colour only repeats it. */
export function Status({ tone, children, className }: { tone: StatusTone; children: ReactNode; className?: string }) {
  const look = LOOK[tone]
  return (
    <span
      className={cx(
        'inline-flex items-center gap-[5px] align-middle text-meta font-normal tracking-normal whitespace-nowrap',
        look.color,
        className,
      )}
    >
      <Icon name={look.icon} size={14} />
      {children}
    </span>
  )
}
