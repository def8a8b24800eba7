'use client'
import { Dialog } from '@base-ui/react/dialog'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { Icon } from './icon'
import { iconButtonClass } from './icon-button'
import { useMedia } from './use-media'

export interface DrawerProps {
  title: ReactNode
  children: ReactNode
  /** Ruled off at the foot: ids, lock state. */
  foot?: ReactNode
  tools?: ReactNode
  /** Either state kept by the caller … */
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** … or state kept in the URL: the drawer is rendered when open, and closing goes here. */
  closeHref?: string
}

/** 520 px. From 1280 up it docks and the page reflows beside it; below it lies over a scrim, on phones as a full sheet. */
export function Drawer({ title, children, foot, tools, open = true, onOpenChange, closeHref }: DrawerProps) {
  const router = useRouter()
  const docked = useMedia('(min-width: 1280px)')
  const change = (next: boolean) => {
    onOpenChange?.(next)
    if (!next && closeHref) router.push(closeHref, { scroll: false })
  }
  return (
    <Dialog.Root open={open} onOpenChange={change} modal={!docked} disablePointerDismissal={docked}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0 xl:hidden" />
        <Dialog.Popup
          data-dock=""
          className="fixed inset-y-0 right-0 z-50 flex w-full flex-col bg-surface shadow-overlay transition-[opacity,transform] duration-180 data-ending-style:translate-x-4 data-ending-style:opacity-0 data-starting-style:translate-x-4 data-starting-style:opacity-0 sm:w-[520px] xl:border-l xl:border-hairline xl:shadow-none print:static print:w-full print:border-0"
        >
          <div className="flex h-12 flex-none items-center gap-2 border-b border-hairline pr-3 pl-6">
            <span aria-hidden="true" className="font-serif text-[15px] text-accent italic">
              ƒ
            </span>
            <Dialog.Title className="font-semibold">{title}</Dialog.Title>
            <span className="ml-auto flex items-center gap-1">
              {tools}
              <Dialog.Close aria-label="Close" title="Close" className={iconButtonClass}>
                <Icon name="close" />
              </Dialog.Close>
            </span>
          </div>
          <div className="@container min-h-0 flex-1 overflow-y-auto [--table-ground:var(--surface)] px-6 pt-5 pb-6">
            {children}
          </div>
          {foot && (
            <div className="flex flex-none flex-wrap items-center gap-3 border-t border-hairline px-6 py-2.5 text-micro text-muted">
              {foot}
            </div>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
