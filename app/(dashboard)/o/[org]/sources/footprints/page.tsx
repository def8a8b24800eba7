import type { Metadata } from 'next'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { Forbidden } from '@/components/states/forbidden'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { cloudAccounts } from '@/lib/registry/cloud-accounts'
import { freshness } from '@/lib/rollups/freshness'
import { filterOptions } from '@/lib/rollups/totals-options'
import { PageTop } from '../../runs/_shared/page-top'
import { AccountPanel } from './account-panel'
import { FootprintUpload } from './footprint-upload'
import { titleOf } from './footprint-words'

export const metadata: Metadata = { title: 'Cloud footprints' }

export default async function Footprints({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const { actor, organization } = await pageAccess(org)
  const { fresh, sites } = await withOrg(actor, async (tx) => ({
    fresh: await freshness(tx),
    sites: (await filterOptions(tx)).site,
  }))
  const accounts = await cloudAccounts(actor.orgId)
  const canEdit = isAllowed(actor, 'activity:edit')
  return (
    <>
      <PageTop
        org={organization}
        freshness={fresh}
        crumbs={[{ label: 'Sources', href: `/o/${org}/sources` }, { label: 'Cloud footprints' }]}
      />
      <Main>
        <PageHeader title="Cloud footprints" subtitle={titleOf(accounts)} />
        <PanelGrid>
          {accounts.map((account) => (
            <AccountPanel
              key={`${account.provider} ${account.account}`}
              org={org}
              account={account}
              sites={sites}
              canEdit={canEdit}
            />
          ))}
          <Panel
            title="Import a provider's export"
            meta="Tried first: nothing is stored until you say so. The same file again changes nothing"
          >
            {canEdit ? (
              <FootprintUpload org={org} />
            ) : (
              <Forbidden
                needs="owner, admin or analyst"
                grant={`You are here as ${actor.role}. An owner or admin of ${organization.name} can give you the role.`}
              />
            )}
          </Panel>
        </PanelGrid>
      </Main>
    </>
  )
}
