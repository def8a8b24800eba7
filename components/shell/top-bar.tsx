import Link from 'next/link'
import type { ReactNode } from 'react'
import { cx } from '../ui/cx'
import { MenuButton } from './menu-sheet'

export interface Crumb {
  label: string
  href?: string
}

export interface TopBarProps {
  /** From the organisation down; the last is the page. */
  crumbs: readonly Crumb[]
  /** Right end: `<FreshnessPill/>`. */
  children?: ReactNode
}

export function TopBar({ crumbs, children }: TopBarProps) {
  return (
    <header
      data-chrome=""
      className="flex h-12 flex-none items-center gap-3 border-b border-hairline px-(--gutter) text-table"
    >
      <MenuButton />
      <nav aria-label="Breadcrumb" className="min-w-0">
        <ol className="flex min-w-0 items-center">
          {crumbs.map((crumb, at) => {
            const last = at === crumbs.length - 1
            return (
              <li
                key={`${crumb.label}${crumb.href ?? ''}`}
                aria-current={last ? 'page' : undefined}
                // The organisation's name gives way first: where one is, is told by what follows it.
                className={
                  last
                    ? 'min-w-0 truncate font-medium text-ink'
                    : cx('flex items-center text-muted', at === 0 ? 'min-w-8 shrink-[9]' : 'flex-none')
                }
              >
                {crumb.href && !last ? (
                  <Link href={crumb.href} className="truncate py-0.5 text-muted hover:text-ink">
                    {crumb.label}
                  </Link>
                ) : (
                  crumb.label
                )}
                {!last && (
                  <span aria-hidden="true" className="mx-2 flex-none text-tick">
                    /
                  </span>
                )}
              </li>
            )
          })}
        </ol>
      </nav>
      <div className="ml-auto flex flex-none items-center gap-3">{children}</div>
    </header>
  )
}
