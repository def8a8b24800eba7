import type { Metadata } from 'next'
import { CsvImport } from '@/components/forms/csv-import'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { Forbidden } from '@/components/states/forbidden'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { INSTRUMENT_COLUMNS } from '@/lib/registry/import-instruments'
import { freshness } from '@/lib/rollups/freshness'
import { PageTop } from '../../runs/_shared/page-top'

export const metadata: Metadata = { title: 'Import instruments' }

export default async function ImportInstruments({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const { actor, organization } = await pageAccess(org)
  const fresh = await withOrg(actor, freshness)
  return (
    <>
      <PageTop
        org={organization}
        freshness={fresh}
        crumbs={[{ label: 'Instruments', href: `/o/${org}/instruments` }, { label: 'Import' }]}
      />
      <Main>
        <PageHeader title="Import instruments" subtitle="The export is the very file that is read here" />
        <PanelGrid>
          <Panel title="A CSV with a header" meta="Each row is judged before anything is stored">
            {isAllowed(actor, 'instrument:edit') ? (
              <CsvImport
                org={org}
                path="/api/v1/instruments/import"
                help={
                  <>
                    Columns <code className="font-mono break-words">{Object.keys(INSTRUMENT_COLUMNS).join(', ')}</code>.
                    With
                    <code className="font-mono">instrument_id</code> a row changes that one, else the one of its serial,
                    else of its name and vintage. An empty cell is unknown
                  </>
                }
                reopens="Days of a supplier rate"
              />
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
