'use client'
import { Dialog as Base } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'
import { Icon } from './icon'
import { iconButtonClass } from './icon-button'

const backdrop =
  'fixed inset-0 z-40 bg-scrim transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0'
const popup =
  'fixed top-[12vh] left-1/2 z-50 flex max-h-[76vh] w-[480px] max-w-[calc(100vw-32px)] -translate-x-1/2 flex-col overflow-hidden rounded-overlay bg-surface shadow-overlay transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0'

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  children?: ReactNode
  /** Buttons, primary last. */
  actions?: ReactNode
}

export function Dialog({ open, onOpenChange, title, description, children, actions }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className={backdrop} />
        <Base.Popup className={popup}>
          <div className="flex h-12 flex-none items-center gap-2 border-b border-hairline pr-3 pl-6">
            <Base.Title className="font-semibold">{title}</Base.Title>
            <Base.Close aria-label="Close" className={`${iconButtonClass} ml-auto`}>
              <Icon name="close" />
            </Base.Close>
          </div>
          <div className="min-h-0 overflow-y-auto [--table-ground:var(--surface)] px-6 py-5">
            {description && <Base.Description className="mb-4 text-ink-2">{description}</Base.Description>}
            {children}
          </div>
          {actions && (
            <div className="flex flex-none flex-wrap justify-end gap-2 border-t border-hairline px-6 py-3">
              {actions}
            </div>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
