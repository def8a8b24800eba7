'use client'
import { Dialog } from '@base-ui/react/dialog'
import { usePathname } from 'next/navigation'
import { useEffect } from 'react'
import { Icon } from '../ui/icon'
import { iconButtonClass } from '../ui/icon-button'
import type { ShellProps } from './shell-types'
import { SidebarContents } from './sidebar'

// The button lies in the top bar of each page, the sheet in the frame around them; the handle ties the two.
const handle = Dialog.createHandle()

export function MenuButton() {
  return (
    <Dialog.Trigger handle={handle} aria-label="Menu" className={`${iconButtonClass} -ml-1.5 md:hidden`}>
      <Icon name="menu" />
    </Dialog.Trigger>
  )
}

export function MenuSheet(shell: ShellProps) {
  const pathname = usePathname()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sheet closes because the address changed
  useEffect(() => handle.close(), [pathname])
  return (
    <Dialog.Root handle={handle}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim md:hidden" />
        <Dialog.Popup className="fixed inset-y-0 left-0 z-50 flex w-[264px] max-w-[86vw] flex-col overflow-y-auto bg-paper shadow-overlay transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0 md:hidden">
          <Dialog.Title className="sr-only">Menu</Dialog.Title>
          <SidebarContents mode="sheet" {...shell} />
          <Dialog.Close aria-label="Close menu" className={`${iconButtonClass} absolute top-[11px] right-3`}>
            <Icon name="close" />
          </Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
