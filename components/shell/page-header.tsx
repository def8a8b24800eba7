import type { ReactNode } from 'react'

export interface PageHeaderProps {
  title: ReactNode
  subtitle?: ReactNode
  /** Beside the title: `<Status/>`. */
  status?: ReactNode
  /** At most one primary button. */
  actions?: ReactNode
  /** Under the subtitle: ids, a `<SpecLine/>`. */
  children?: ReactNode
}

export function PageHeader({ title, subtitle, status, actions, children }: PageHeaderProps) {
  return (
    <div className="mb-4">
      <div className="flex items-end gap-x-6 gap-y-3 max-md:flex-col max-md:items-stretch">
        <div className="min-w-0">
          <h1 className="text-title font-semibold text-balance">
            {title}
            {status && <span className="ml-2 inline-block align-[2px] tracking-normal">{status}</span>}
          </h1>
          {subtitle && <p className="mt-0.5 max-w-[78ch] text-muted">{subtitle}</p>}
        </div>
        {actions && (
          <div data-tools="" className="ml-auto flex flex-none flex-wrap gap-2 max-md:ml-0">
            {actions}
          </div>
        )}
      </div>
      {children && <div className="mt-2">{children}</div>}
    </div>
  )
}
