import type { Metadata } from 'next'
import { PanelGrid } from '@/components/ui/panel'
import { pageAccess } from '@/lib/auth/page'
import { liveTail } from '@/lib/registry/live-tail'
import { sourceOf } from '../source-of'
import { LiveTail } from './live-tail'

export const metadata: Metadata = { title: 'Live tail' }

export default async function Tail({ params }: { params: Promise<{ org: string; source: string }> }) {
  const { org, source: id } = await params
  const { actor } = await pageAccess(org)
  await sourceOf(org, id)
  return (
    <PanelGrid>
      <LiveTail org={org} source={id} initial={await liveTail(actor.orgId, id)} />
    </PanelGrid>
  )
}
