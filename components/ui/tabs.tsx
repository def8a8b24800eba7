'use client'
import { Tabs as Base } from '@base-ui/react/tabs'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { cx } from './cx'

const bar = 'no-bar flex gap-6 overflow-x-auto border-b border-hairline text-table max-md:-mr-(--gutter) max-md:gap-5'
const tab =
  'relative flex-none whitespace-nowrap pt-2 pb-[9px] no-underline outline-offset-[-2px] hover:text-ink hover:no-underline'
const current =
  "font-medium text-ink after:absolute after:inset-x-0 after:bottom-0 after:h-[2px] after:bg-ink after:content-['']"

export interface TabLink {
  label: string
  href: string
  count?: string | number
}

/** Tabs that are pages: an address each. */
export function TabLinks({ label, tabs, className }: { label: string; tabs: readonly TabLink[]; className?: string }) {
  const pathname = usePathname()
  return (
    <nav aria-label={label} className={cx(bar, 'mb-5', className)} data-chrome="">
      {tabs.map((item) => {
        const on = item.href.split('?')[0] === pathname
        return (
          <Link
            key={item.href}
            href={item.href}
            aria-current={on ? 'page' : undefined}
            className={cx(tab, on ? current : 'text-muted')}
          >
            {item.label}
            {item.count !== undefined && (
              <span className="ml-[5px] text-micro font-normal text-muted">{item.count}</span>
            )}
          </Link>
        )
      })}
    </nav>
  )
}

export interface TabPanel {
  value: string
  label: string
  content: ReactNode
}

/** Tabs inside one page. */
export function Tabs({ label, tabs, initial }: { label: string; tabs: readonly TabPanel[]; initial?: string }) {
  return (
    <Base.Root defaultValue={initial ?? tabs[0]?.value}>
      <Base.List aria-label={label} className={cx(bar, 'mb-4')}>
        {tabs.map((item) => (
          <Base.Tab
            key={item.value}
            value={item.value}
            className={cx(
              tab,
              "text-muted data-active:font-medium data-active:text-ink data-active:after:absolute data-active:after:inset-x-0 data-active:after:bottom-0 data-active:after:h-[2px] data-active:after:bg-ink data-active:after:content-['']",
            )}
          >
            {item.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((item) => (
        <Base.Panel key={item.value} value={item.value}>
          {item.content}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
