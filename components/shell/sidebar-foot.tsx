'use client'
import { signOut } from 'next-auth/react'
import { DemoBadge } from '../ui/badge'
import { cx } from '../ui/cx'
import { Icon } from '../ui/icon'
import type { ShellProps } from './shell-types'
import { MODE, type SidebarMode } from './sidebar-mode'
import { ThemeSwitch } from './theme-switch'

export function SidebarFoot({ user, org, mode }: Pick<ShellProps, 'user' | 'org'> & { mode: SidebarMode }) {
  const look = MODE[mode]
  return (
    <div className="mt-4 border-t border-hairline pt-2 pb-3">
      <div className={cx(mode === 'responsive' ? 'hidden px-3 xl:block' : 'px-3')}>
        <ThemeSwitch />
      </div>
      {mode === 'responsive' && (
        <div className="mt-2 flex justify-center xl:hidden">
          <ThemeSwitch compact />
        </div>
      )}
      <div className={cx('mt-2 flex items-center gap-2', look.pad)}>
        <span className={cx(look.full, 'text-meta leading-4')}>
          <span className="block truncate text-ink-2">{user.name}</span>
          <span className="flex items-center gap-1.5 text-muted">
            {org.isDemo && <DemoBadge />}
            {user.role}
          </span>
        </span>
        <button
          type="button"
          onClick={() => signOut({ callbackUrl: '/sign-in' })}
          aria-label="Sign out"
          title="Sign out"
          className="-mr-1.5 grid size-7 flex-none place-items-center rounded-control text-muted hover:bg-sunken hover:text-ink max-xl:mr-0"
        >
          <Icon name="out" />
        </button>
      </div>
    </div>
  )
}
