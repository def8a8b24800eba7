import type { ReactNode } from 'react'

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-block self-center rounded-[2px] border border-tick px-1 font-sans text-micro text-muted">
      {children}
    </kbd>
  )
}

/** Synthetic data: said on every page where it shows. */
export function DemoBadge() {
  return (
    <span className="rounded-[2px] bg-warn-wash px-[5px] py-px font-mono text-[10px]/[14px] font-medium tracking-[0.04em] text-warn">
      DEMO
    </span>
  )
}

/** A state of the object itself, boxed: draft, closed, restated. */
export function Badge({ children }: { children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5 self-center rounded-[2px] border border-tick px-[7px] py-px text-meta font-medium whitespace-nowrap">
      {children}
    </span>
  )
}
