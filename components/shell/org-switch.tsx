'use client'
import { Icon } from '../ui/icon'
import { Menu } from '../ui/menu'
import type { OrgChoice } from './shell-types'
import { MODE, type SidebarMode } from './sidebar-mode'

export function OrgSwitch({ org, orgs, mode }: { org: OrgChoice; orgs: readonly OrgChoice[]; mode: SidebarMode }) {
  const look = MODE[mode]
  return (
    <Menu
      label={`Organisation: ${org.name}. Switch`}
      triggerClassName="flex h-10 w-full flex-none items-center border-b border-hairline px-4 text-left text-table font-medium outline-offset-[-2px] hover:bg-sunken"
      trigger={
        <>
          <span className={look.full}>
            <span className="block truncate">{org.name}</span>
          </span>
          <span className={look.rail} aria-hidden="true">
            {org.name.slice(0, 2)}
          </span>
          <Icon name="down" className={`ml-auto text-muted ${look.fullOnly}`} />
        </>
      }
      items={orgs.map((choice) => ({
        label: choice.name,
        hint: choice.isDemo ? 'demo' : undefined,
        href: `/o/${choice.slug}/home`,
        checked: choice.slug === org.slug,
      }))}
    />
  )
}
