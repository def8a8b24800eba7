'use client'
import { Menu as Base } from '@base-ui/react/menu'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { cx } from './cx'
import { Icon } from './icon'

export const popupClass =
  'rounded-overlay bg-surface text-table text-ink shadow-overlay outline-none transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0'
const itemClass =
  'flex min-h-7 w-full cursor-default items-center gap-2 px-3 text-left text-ink no-underline select-none hover:no-underline data-disabled:text-muted data-highlighted:bg-sunken'

export interface MenuItem {
  label: string
  /** Small text at the right: a shortcut, a role, a count. */
  hint?: string
  href?: string
  onSelect?: () => void
  checked?: boolean
  disabled?: boolean
  danger?: boolean
  /** Set a rule above this item. */
  separated?: boolean
}

export interface MenuProps {
  label: string
  trigger: ReactNode
  triggerClassName?: string
  items: readonly MenuItem[]
  align?: 'start' | 'end'
  side?: 'top' | 'bottom' | 'right'
}

function Body({ item }: { item: MenuItem }) {
  return (
    <>
      {item.checked !== undefined && (
        <span className="w-4 flex-none">{item.checked && <Icon name="check" size={14} />}</span>
      )}
      <span className={cx('min-w-0 flex-1 truncate', item.danger && 'text-breach')}>{item.label}</span>
      {item.hint && <span className="text-meta text-muted">{item.hint}</span>}
    </>
  )
}

export function Menu({ label, trigger, triggerClassName, items, align = 'start', side = 'bottom' }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger aria-label={label} className={triggerClassName}>
        {trigger}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner align={align} side={side} sideOffset={4} className="z-60 outline-none">
          <Base.Popup className={cx(popupClass, 'max-h-(--available-height) min-w-44 overflow-y-auto py-1')}>
            {items.map((item) => (
              <div key={item.label} className={item.separated ? 'mt-1 border-t border-hairline pt-1' : undefined}>
                {item.href ? (
                  <Base.LinkItem
                    className={itemClass}
                    closeOnClick
                    aria-current={item.checked ? 'true' : undefined}
                    render={<Link href={item.href} />}
                  >
                    <Body item={item} />
                  </Base.LinkItem>
                ) : (
                  <Base.Item className={itemClass} disabled={item.disabled} onClick={() => item.onSelect?.()}>
                    <Body item={item} />
                  </Base.Item>
                )}
              </div>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
