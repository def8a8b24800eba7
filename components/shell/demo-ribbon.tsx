import { DemoBadge } from '../ui/badge'

/** Discreet, and on every page: nobody may take invented readings for measured ones. */
export function DemoRibbon() {
  return (
    <aside
      aria-label="Demo data"
      className="flex min-h-7 items-center justify-center gap-2 border-b border-hairline bg-warn-wash/50 px-4 py-1 text-meta text-ink-2"
    >
      <DemoBadge />
      Synthetic readings. Nothing here was measured.
    </aside>
  )
}
