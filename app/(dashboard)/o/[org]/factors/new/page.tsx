import type { Metadata } from 'next'
import { FactorForm } from '@/components/forms/factor-form'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { Forbidden } from '@/components/states/forbidden'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { freshness } from '@/lib/rollups/freshness'
import { PageTop } from '../../runs/_shared/page-top'
import { KIND_LABELS } from '../_shared/words'
import { ImportPanel } from './import-panel'

export const metadata: Metadata = { title: 'Own factors' }

export default async function NewFactor({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const { actor, organization } = await pageAccess(org)
  const fresh = await withOrg(actor, freshness)
  return (
    <>
      <PageTop
        org={organization}
        freshness={fresh}
        crumbs={[{ label: 'Factors', href: `/o/${org}/factors` }, { label: 'Your own' }]}
      />
      <Main>
        <PageHeader
          title="Your own factors"
          subtitle="Numbers with a source of your own. They stand before shared ones of the same place, kind and year, for this organisation alone"
        />
        <PanelGrid>
          <Panel
            span={7}
            title="Add one: what it is, and where it comes from"
            meta="To replace one shared factor exactly, open that factor. Leave out what is not known: empty is unknown, never 0"
          >
            {isAllowed(actor, 'factor:edit') ? (
              <FactorForm org={org} known={{ basis: 'direct' }} kindLabels={KIND_LABELS} isFixed={false} />
            ) : (
              <Forbidden needs="analyst" />
            )}
          </Panel>
          {isAllowed(actor, 'factor:edit') && <ImportPanel org={org} />}
        </PanelGrid>
      </Main>
    </>
  )
}
