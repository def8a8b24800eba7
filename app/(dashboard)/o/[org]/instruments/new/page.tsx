import type { Metadata } from 'next'
import { InstrumentForm } from '@/components/forms/instrument-form'
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
import { CriteriaPanel } from '../_shared/criteria-panel'

export const metadata: Metadata = { title: 'Add an instrument' }

export default async function NewInstrument({ params }: { params: Promise<{ org: string }> }) {
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
        crumbs={[{ label: 'Instruments', href: `/o/${org}/instruments` }, { label: 'New' }]}
      />
      <Main>
        <PageHeader
          title="Add an instrument"
          subtitle="It takes part in the market-based figure if it meets every criterion"
        />
        <PanelGrid>
          <Panel span={8} title="What was bought" meta="Empty is unknown. Changes are in the audit trail">
            {isAllowed(actor, 'instrument:edit') ? (
              <InstrumentForm
                org={org}
                instrumentId={null}
                initial={null}
                sites={sites}
                organization={organization.name}
              />
            ) : (
              <Forbidden
                needs="owner, admin or analyst"
                grant={`You are here as ${actor.role}. An owner or admin of ${organization.name} can give you the role.`}
              />
            )}
          </Panel>
          <CriteriaPanel span={4} instrument={null} />
        </PanelGrid>
      </Main>
    </>
  )
}
