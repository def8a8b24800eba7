import type { Metadata } from 'next'
import Link from 'next/link'
import { CodeBlock } from '@/components/forms/code-block'
import { FilterRow } from '@/components/shell/filter-row'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { resolveRange } from '@/components/shell/range'
import { EmptyNoSource } from '@/components/states/empty-no-source'
import { LinkButton } from '@/components/ui/link-button'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { freshness } from '@/lib/rollups/freshness'
import { elapsedHours } from '@/lib/rollups/site-ratios'
import { siteSummaries } from '@/lib/rollups/sites'
import { PageTop } from '../runs/_shared/page-top'
import { type AskedParams, queryOf, utcToday } from '../runs/_shared/page-view'
import { counted } from '../runs/_shared/words'
import { originOfRequest } from '../sources/origin'
import { facilitySnippet } from './facility-snippet'
import { SitesTable } from './sites-table'
import { sitesTitle } from './words'

export const metadata: Metadata = { title: 'Sites' }

export default async function Sites({
  params,
  searchParams,
}: {
  params: Promise<{ org: string }>
  searchParams: Promise<AskedParams>
}) {
  const { org } = await params
  const { actor, organization } = await pageAccess(org)
  const asked = queryOf(await searchParams)
  const today = utcToday()
  const range = resolveRange(
    { range: asked.get('range'), from: asked.get('from'), to: asked.get('to') },
    { today, defaultKey: '30d' },
  )
  const { sites, fresh } = await withOrg(actor, async (tx) => ({
    sites: await siteSummaries(tx, range),
    fresh: await freshness(tx),
  }))
  const metered = sites.filter((site) => site.facility_meters > 0).length
  const silent = sites.length > 0 && sites.every((site) => site.it_uwh === null && site.facility_uwh === null)
  const search =
    range.key === '30d' ? '' : range.key === 'custom' ? `?from=${range.from}&to=${range.to}` : `?range=${range.key}`
  return (
    <>
      <PageTop org={organization} freshness={fresh} crumbs={[{ label: 'Sites' }]} />
      <FilterRow today={today} resultText={counted(sites.length, 'site')} />
      <Main>
        <PageHeader
          title="Sites"
          subtitle={
            sites.length === 0
              ? 'Where the energy is used, and what the buildings add to it'
              : `${counted(sites.length, 'site')}, ${metered === 0 ? 'none' : metered} with a facility meter`
          }
        />
        <PanelGrid>
          {sites.length === 0 ? (
            <Panel
              title="No site is known yet"
              meta="A site appears with the first reading that names one; a facility meter beside an IT meter makes its PUE"
            >
              <EmptyNoSource
                sentence="Name a site in your readings, or send its own meters."
                action={
                  <LinkButton href={`/o/${org}/keys`} size={26} tone="primary">
                    Make an API key
                  </LinkButton>
                }
                other={<Link href={`/o/${org}/sources`}>See sources</Link>}
              />
              <p className="mt-3 mb-1 text-meta text-muted">Meters of a site, without a run:</p>
              <CodeBlock
                label="Example request"
                code={facilitySnippet(await originOfRequest(), 'Frankfurt 2', 'DE', 'owned')}
              />
            </Panel>
          ) : (
            <Panel
              title={silent ? `No site has energy in this range: ${range.label}` : sitesTitle(sites)}
              meta="Energy and emissions as booked; PUE is Σ facility ÷ Σ IT over the hours in which both meters are known, never a mean of days. UTC days"
            >
              <SitesTable
                org={org}
                sites={sites}
                window={{ from: range.from, to: range.to }}
                elapsed={elapsedHours(range, Date.now())}
                search={search}
              />
            </Panel>
          )}
        </PanelGrid>
      </Main>
    </>
  )
}
