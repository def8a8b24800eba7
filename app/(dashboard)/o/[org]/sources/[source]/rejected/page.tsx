import type { Metadata } from 'next'
import { PanelGrid } from '@/components/ui/panel'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { keptRejections } from '@/lib/registry/kept-rejections'
import { leftOutOf } from '@/lib/rollups/left-out'
import { sourceOf } from '../source-of'
import { LeftOut } from './left-out'
import { RejectedItems } from './rejected-items'
import { RejectionDays } from './rejection-days'

export const metadata: Metadata = { title: 'Rejected' }

export default async function Rejected({ params }: { params: Promise<{ org: string; source: string }> }) {
  const { org, source: id } = await params
  const { actor, organization } = await pageAccess(org)
  const { source, answer } = await sourceOf(org, id)
  const items = await keptRejections(actor.orgId, id)
  const leftOut = await withOrg(actor, (tx) => leftOutOf(tx, id))
  return (
    <PanelGrid>
      <RejectionDays source={source} now={answer.now} />
      <RejectedItems
        org={org}
        source={id}
        initial={items}
        refusal={
          isAllowed(actor, 'ingest')
            ? undefined
            : `Needs the owner, admin or ML role. An owner or admin of ${organization.name} can give it.`
        }
      />
      <LeftOut rows={leftOut} />
    </PanelGrid>
  )
}
