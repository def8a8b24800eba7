import { LiveFreshness } from '@/components/hooks/live-freshness'
import { type Crumb, TopBar } from '@/components/shell/top-bar'
import type { Freshness } from '@/lib/contracts/freshness'

export interface PageTopProps {
  org: { slug: string; name: string }
  freshness: Freshness
  /** Below the organisation. */
  crumbs: readonly Crumb[]
}

export function PageTop({ org, freshness, crumbs }: PageTopProps) {
  return (
    <TopBar crumbs={[{ label: org.name, href: `/o/${org.slug}/home` }, ...crumbs]}>
      <LiveFreshness org={org.slug} initial={freshness} />
    </TopBar>
  )
}
