import type { Metadata } from 'next'
import { CodeBlock } from '@/components/forms/code-block'
import { CsvImport } from '@/components/forms/csv-import'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { Forbidden } from '@/components/states/forbidden'
import { LinkButton } from '@/components/ui/link-button'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { freshness } from '@/lib/rollups/freshness'
import { PageTop } from '../../runs/_shared/page-top'

export const metadata: Metadata = { title: 'Import assets' }

const EXAMPLE = `name,hardware,kind,site,units,devices_per_unit,purchased_on,in_service_on,life_years,embodied_kg,embodied_basis,embodied_source
"H100 servers, hall A",H100-SXM5-80GB,server,fra-2,96,8,2024-03-11,2024-05-02,5,4074,bottom-up,"Board footprint and host bottom-up"
Object store,NVMe storage node,storage,fra-2,12,,2024-04-02,2024-05-02,4,,,`

export default async function ImportAssets({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const { actor, organization } = await pageAccess(org)
  const fresh = await withOrg(actor, freshness)
  return (
    <>
      <PageTop
        org={organization}
        freshness={fresh}
        crumbs={[{ label: 'Hardware', href: `/o/${org}/hardware` }, { label: 'Import CSV' }]}
      />
      <Main>
        <PageHeader
          title="Import assets"
          subtitle="The file is tried first; each row is shown before anything is stored"
          actions={
            <LinkButton href={`/api/v1/exports/assets.csv?org=${org}`} download size={28}>
              Export CSV
            </LinkButton>
          }
        />
        <PanelGrid>
          <Panel span={8} title="A file of assets" meta="All of it or nothing: one refused row, and none is stored">
            {isAllowed(actor, 'asset:edit') ? (
              <CsvImport
                org={org}
                path="/api/v1/assets/import"
                reopens="days of the hardware"
                help={
                  <>
                    UTF-8 with a header. Needed:{' '}
                    <code className="font-mono">name, hardware, kind, units, purchased_on, in_service_on</code>. An
                    empty cell is unknown and never 0
                  </>
                }
              />
            ) : (
              <Forbidden needs="owner, admin, analyst or ml" />
            )}
          </Panel>
          <Panel span={4} title="What a row does" meta="Export, change in a spreadsheet, import again">
            <ul className="grid gap-2 text-ink-2">
              <li>
                With <code className="font-mono">asset_id</code> it changes that asset; without, the one of its name;
                else it is new.
              </li>
              <li>A column that the file does not have keeps what is known.</li>
              <li>
                <code className="font-mono">kind</code>: accelerator, server, storage, network, other.{' '}
                <code className="font-mono">embodied_basis</code>: pcf, bottom-up, category-default, mass, proxy.
              </li>
              <li>
                <code className="font-mono">site</code> is a site’s address. Days are{' '}
                <code className="font-mono">2026-03-01</code>.
              </li>
            </ul>
          </Panel>
          <Panel title="Example">
            <CodeBlock label="Example of a file" code={EXAMPLE} />
          </Panel>
        </PanelGrid>
      </Main>
    </>
  )
}
