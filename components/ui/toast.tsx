'use client'
import { Toast } from '@base-ui/react/toast'
import type { ReactNode } from 'react'
import { cx } from './cx'
import { Icon } from './icon'

export interface Notice {
  text: string
  /** `error` stays until closed; the others leave after five seconds. */
  kind?: 'done' | 'error'
  action?: { label: string; onSelect: () => void }
}

/** Only for something that can be undone or opened, or that failed. */
export function useNotify(): (notice: Notice) => void {
  const manager = Toast.useToastManager()
  return ({ text, kind = 'done', action }) => {
    manager.add({
      description: text,
      type: kind,
      timeout: kind === 'error' ? 0 : 5000,
      priority: kind === 'error' ? 'high' : 'low',
      actionProps: action && { children: action.label, onClick: action.onSelect },
    })
  }
}

function List() {
  const { toasts } = Toast.useToastManager()
  return toasts.map((toast) => {
    const failed = toast.type === 'error'
    return (
      <Toast.Root
        key={toast.id}
        toast={toast}
        className={cx(
          'flex items-center gap-3 rounded-overlay py-2.5 pr-2 pl-3 text-table transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0',
          failed
            ? 'border-l-3 border-breach bg-surface text-ink shadow-overlay'
            : 'bg-ink text-paper shadow-overlay forced-color-adjust-none',
        )}
      >
        {failed && <Icon name="breach" className="text-breach" />}
        <Toast.Description className="min-w-0 flex-1" />
        <Toast.Action className="min-h-6 font-medium underline underline-offset-3" />
        <Toast.Close aria-label="Close" className="grid size-6 place-items-center">
          <Icon name="close" size={14} />
        </Toast.Close>
      </Toast.Root>
    )
  })
}

export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-70 grid w-[400px] max-w-[calc(100vw-32px)] gap-3 print:hidden">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}
