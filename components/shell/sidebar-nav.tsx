'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { cx } from '../ui/cx'
import type { NavGroup } from './nav-groups'
import { MODE, type SidebarMode } from './sidebar-mode'

export function SidebarNav({ groups, mode }: { groups: readonly NavGroup[]; mode: SidebarMode }) {
  const pathname = usePathname()
  const look = MODE[mode]
  return (
    <nav aria-label="Main" className="flex-1 text-table">
      {groups.map((group, at) => (
        <div key={group.label ?? group.items[0]?.href} className={at === 0 ? 'mt-2' : 'mt-3'}>
          {group.label && (
            <p className={cx('h-5 px-4 text-micro text-muted', mode === 'responsive' && 'max-xl:sr-only')}>
              {group.label}
            </p>
          )}
          <ul>
            {group.items.map((item) => {
              const on = pathname === item.href || pathname.startsWith(`${item.href}/`)
              return (
                <li key={item.href}>
                  <Link
                    href={item.href}
                    title={mode === 'responsive' ? item.label : undefined}
                    aria-current={on ? 'page' : undefined}
                    className={cx(
                      'relative flex h-6.5 items-center no-underline outline-offset-[-2px] hover:bg-sunken hover:no-underline',
                      look.pad,
                      on
                        ? "bg-sunken font-semibold text-ink before:absolute before:inset-y-0 before:left-0 before:w-[3px] before:bg-ink before:content-['']"
                        : 'text-ink-2',
                    )}
                  >
                    <span className={look.rail} aria-hidden="true">
                      {item.short}
                    </span>
                    <span className={look.full}>{item.label}</span>
                    {item.dueCount !== undefined && item.dueCount > 0 && (
                      <span
                        className={cx(
                          'ml-auto min-w-[18px] rounded-[2px] border border-current px-1 text-center text-micro font-medium text-warn',
                          look.fullOnly,
                        )}
                      >
                        {item.dueCount}
                        <span className="sr-only"> need you</span>
                      </span>
                    )}
                  </Link>
                </li>
              )
            })}
          </ul>
        </div>
      ))}
    </nav>
  )
}
