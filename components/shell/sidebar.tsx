'use client'
import Link from 'next/link'
import { cx } from '../ui/cx'
import { Logo } from './logo'
import { OrgSwitch } from './org-switch'
import type { ShellProps } from './shell-types'
import { SidebarFoot } from './sidebar-foot'
import { MODE, type SidebarMode } from './sidebar-mode'
import { SidebarNav } from './sidebar-nav'

export function SidebarContents({ mode, ...shell }: ShellProps & { mode: SidebarMode }) {
  return (
    <>
      <Link
        href={`/o/${shell.org.slug}/home`}
        className={cx(
          'flex h-12 flex-none items-center gap-2 border-b border-hairline text-ink no-underline outline-offset-[-2px] hover:no-underline',
          MODE[mode].pad,
        )}
      >
        <Logo />
        <b className={cx('text-body font-semibold tracking-[-0.005em]', MODE[mode].full)}>Wattledger</b>
      </Link>
      <OrgSwitch org={shell.org} orgs={shell.orgs} mode={mode} />
      <SidebarNav groups={shell.groups} mode={mode} />
      <SidebarFoot user={shell.user} org={shell.org} mode={mode} />
    </>
  )
}

/** 200 px from 1280 up, a rail of two-letter tabs from 768, gone below (the top bar opens it as a sheet). */
export function Sidebar(shell: ShellProps) {
  return (
    <aside
      aria-label="Organisation and account"
      data-chrome=""
      className={cx(
        'sticky top-0 hidden w-14 flex-none flex-col overflow-x-hidden overflow-y-auto border-r border-hairline md:flex xl:w-50',
        // The ribbon takes 28 px of the first screen; without this the foot would lie below the fold.
        shell.org.isDemo ? 'h-[calc(100dvh-28px)]' : 'h-dvh',
      )}
    >
      <SidebarContents mode="responsive" {...shell} />
    </aside>
  )
}
