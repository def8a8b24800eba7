import type { Metadata } from 'next'
import { ApiKeys } from '@/components/forms/api-keys'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { Forbidden } from '@/components/states/forbidden'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { apiKeys } from '@/lib/registry/api-keys'
import { freshness } from '@/lib/rollups/freshness'
import { PageTop } from '../runs/_shared/page-top'

export const metadata: Metadata = { title: 'API keys' }

export default async function Keys({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const { actor, organization } = await pageAccess(org)
  const fresh = await withOrg(actor, freshness)
  const mayManage = isAllowed(actor, 'key:manage')
  return (
    <>
      <PageTop org={organization} freshness={fresh} crumbs={[{ label: 'API keys' }]} />
      <Main>
        <PageHeader
          title="API keys"
          subtitle={`What machines use to send to ${organization.name}, and to read from it`}
        />
        <PanelGrid>
          {mayManage ? (
            <ApiKeys org={org} initial={await apiKeys(actor.orgId)} now={new Date().toISOString()} />
          ) : (
            <Panel title="Keys are kept by owners and admins">
              <Forbidden
                needs="owner or admin"
                grant={`You are here as ${actor.role}. An owner or admin of ${organization.name} can make a key for you, or give you the role.`}
              />
            </Panel>
          )}
        </PanelGrid>
      </Main>
    </>
  )
}
