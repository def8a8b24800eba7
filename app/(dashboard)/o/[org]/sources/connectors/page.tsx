import type { Metadata } from 'next'
import { ConnectorsPanel } from '@/components/connectors/connectors-panel'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { PanelGrid } from '@/components/ui/panel'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { connectorList } from '@/lib/registry/connectors'
import { freshness } from '@/lib/rollups/freshness'
import { PageTop } from '../../runs/_shared/page-top'
import { FetchedPanel } from './fetched-panel'

export const metadata: Metadata = { title: 'Connectors' }

export default async function Connectors({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const { actor, organization } = await pageAccess(org)
  const fresh = await withOrg(actor, freshness)
  const list = await connectorList(actor.orgId)
  return (
    <>
      <PageTop
        org={organization}
        freshness={fresh}
        crumbs={[{ label: 'Sources', href: `/o/${org}/sources` }, { label: 'Connectors' }]}
      />
      <Main>
        <PageHeader title="Connectors" subtitle="What is fetched from others by itself: grid intensity and runs" />
        <PanelGrid>
          <ConnectorsPanel org={org} initial={list} canEdit={isAllowed(actor, 'site:edit')} span={8} />
          <FetchedPanel org={org} />
        </PanelGrid>
      </Main>
    </>
  )
}
