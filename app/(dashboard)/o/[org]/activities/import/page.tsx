import type { Metadata } from 'next'
import { CsvImport } from '@/components/forms/csv-import'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { Forbidden } from '@/components/states/forbidden'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { ACTIVITY_COLUMNS } from '@/lib/registry/import-activities'
import { freshness } from '@/lib/rollups/freshness'
import { PageTop } from '../../runs/_shared/page-top'

export const metadata: Metadata = { title: 'Import activity lines' }

export default async function ImportActivities({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const { actor, organization } = await pageAccess(org)
  const fresh = await withOrg(actor, freshness)
  return (
    <>
      <PageTop
        org={organization}
        freshness={fresh}
        crumbs={[{ label: 'Activities', href: `/o/${org}/activities` }, { label: 'Import' }]}
      />
      <Main>
        <PageHeader title="Import activity lines" subtitle="The export is the very file that is read here" />
        <PanelGrid>
          <Panel title="A CSV with a header" meta="Each row is judged before anything is stored">
            {isAllowed(actor, 'activity:edit') ? (
              <CsvImport
                org={org}
                path="/api/v1/activity-lines/import"
                help={
                  <>
                    Columns <code className="font-mono break-words">{Object.keys(ACTIVITY_COLUMNS).join(', ')}</code>.{' '}
                    <code className="font-mono">ends_on</code> is the first day outside. A row of the same kind, name,
                    site and first day corrects that line. An empty cell is unknown
                  </>
                }
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
