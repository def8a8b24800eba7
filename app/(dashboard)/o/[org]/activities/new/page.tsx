import type { Metadata } from 'next'
import { ActivityForm } from '@/components/forms/activity-form'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { Forbidden } from '@/components/states/forbidden'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { freshness } from '@/lib/rollups/freshness'
import { siteNames } from '@/lib/rollups/site-names'
import { PageTop } from '../../runs/_shared/page-top'
import { PlacesPanel } from '../_shared/places-panel'

export const metadata: Metadata = { title: 'Add an activity line' }

export default async function NewActivity({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const { actor, organization } = await pageAccess(org)
  const { fresh, sites } = await withOrg(actor, async (tx) => ({
    fresh: await freshness(tx),
    sites: await siteNames(tx),
  }))
  return (
    <>
      <PageTop
        org={organization}
        freshness={fresh}
        crumbs={[{ label: 'Activities', href: `/o/${org}/activities` }, { label: 'New' }]}
      />
      <Main>
        <PageHeader
          title="Add an activity line"
          subtitle="Its mass is computed once, from the version of the factor in force"
        />
        <PanelGrid>
          <Panel span={8} title="What happened" meta="Empty is unknown. Changes are in the audit trail">
            {isAllowed(actor, 'activity:edit') ? (
              <ActivityForm org={org} activityId={null} initial={null} sites={sites} />
            ) : (
              <Forbidden
                needs="owner, admin or analyst"
                grant={`You are here as ${actor.role}. An owner or admin of ${organization.name} can give you the role.`}
              />
            )}
          </Panel>
          <PlacesPanel />
        </PanelGrid>
      </Main>
    </>
  )
}
