import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CodeBlock } from '@/components/forms/code-block'
import { CsvImport } from '@/components/forms/csv-import'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { Forbidden } from '@/components/states/forbidden'
import { LinkButton } from '@/components/ui/link-button'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { Segmented } from '@/components/ui/segmented'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { freshness } from '@/lib/rollups/freshness'
import { siteNames } from '@/lib/rollups/site-names'
import { PageTop } from '../../../runs/_shared/page-top'
import { type AskedParams, queryOf } from '../../../runs/_shared/page-view'
import { shortened } from '../../words'

export const metadata: Metadata = { title: 'Import for a site' }

const FILES = {
  measurements: {
    title: 'Monthly measurements',
    columns: 'month, quantity, value, source',
    words:
      'quantity is water_l, facility_kwh, it_kwh, renewable_kwh or reused_kwh. A month that stands with another value becomes the next revision.',
    example: `month,quantity,value,source
2026-10,water_l,121900,Water bill October
2026-10,it_kwh,265210,"Meter M-03, month end"
2026-10,renewable_kwh,9400,Roof meter`,
  },
  meters: {
    title: 'Meter register',
    columns: 'meter, quantity',
    words:
      'quantity is it_energy, facility_energy, water, renewable_energy or reused_energy. A row changes the meter of its meter_id, else the one of its name, quantity and first day.',
    example: `meter,quantity,serial,accuracy_class,installed_on,calibrated_on,removed_on,note
M-01 grid intake,facility_energy,NH-20417,0.5S,2021-10-01,2025-02-14,,
M-03 UPS output,it_energy,NH-31877,0.5S,2026-08-20,2026-08-20,,After the swap`,
  },
} as const

export default async function ImportForSite({
  params,
  searchParams,
}: {
  params: Promise<{ org: string; site: string }>
  searchParams: Promise<AskedParams>
}) {
  const { org, site: asked } = await params
  const slug = decodeURIComponent(asked)
  const { actor, organization } = await pageAccess(org)
  const of = queryOf(await searchParams).get('of') === 'meters' ? 'meters' : 'measurements'
  const { sites, fresh } = await withOrg(actor, async (tx) => ({
    sites: await siteNames(tx),
    fresh: await freshness(tx),
  }))
  const site = sites.find((one) => one.slug === slug)
  if (!site) notFound()
  const file = FILES[of]
  const here = `/o/${org}/sites/${slug}`
  return (
    <>
      <PageTop
        org={organization}
        freshness={fresh}
        crumbs={[
          { label: 'Sites', href: `/o/${org}/sites` },
          { label: shortened(site.name), href: here },
          { label: 'Import CSV' },
        ]}
      />
      <Main>
        <PageHeader
          title={`Import for ${site.name}`}
          subtitle="The file is tried first; each row is shown before anything is stored"
          actions={
            <>
              <Segmented
                label="What to import"
                variant="toolbar"
                value={of}
                options={[
                  { value: 'measurements', label: 'Measurements', href: `${here}/import?of=measurements` },
                  { value: 'meters', label: 'Meters', href: `${here}/import?of=meters` },
                ]}
              />
              <LinkButton href={`/api/v1/sites/${encodeURIComponent(slug)}/${of}.csv?org=${org}`} download size={28}>
                Export CSV
              </LinkButton>
            </>
          }
        />
        <PanelGrid>
          <Panel span={8} title={file.title} meta="All of it or nothing: one refused row, and none is stored">
            {isAllowed(actor, 'site:edit') ? (
              <CsvImport
                key={of}
                org={org}
                path={`/api/v1/sites/${encodeURIComponent(slug)}/${of}/import`}
                reopens="days of the site"
                help={
                  <>
                    UTF-8 with a header. Needed: <code className="font-mono">{file.columns}</code>
                  </>
                }
              />
            ) : (
              <Forbidden needs="owner, admin or analyst" />
            )}
          </Panel>
          <Panel span={4} title="What a row does">
            <p className="text-ink-2">{file.words}</p>
          </Panel>
          <Panel title="Example">
            <CodeBlock label="Example of a file" code={file.example} />
          </Panel>
        </PanelGrid>
      </Main>
    </>
  )
}
