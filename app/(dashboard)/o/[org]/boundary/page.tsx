import type { Metadata } from 'next'
import { FilterRow } from '@/components/shell/filter-row'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { resolveRange } from '@/components/shell/range'
import { EmptyNoSource } from '@/components/states/empty-no-source'
import { LinkButton } from '@/components/ui/link-button'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { scopeMap } from '@/lib/accounting/scope/scope-map'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { settingsOf } from '@/lib/registry/settings'
import { type BoundaryPlace, boundaryPlaces } from '@/lib/rollups/boundary'
import { freshness } from '@/lib/rollups/freshness'
import { formatPercent } from '@/lib/units/format'
import { massIn, ratioOf, sumOf } from '../runs/_shared/amounts'
import { PageTop } from '../runs/_shared/page-top'
import { type AskedParams, inRange, queryOf, utcToday } from '../runs/_shared/page-view'
import { counted } from '../runs/_shared/words'
import { ChoicesPanel } from './choices-panel'
import { ExcludedPanel } from './excluded-panel'
import { MatrixTable } from './matrix-table'
import { PlacesTable } from './places-table'

export const metadata: Metadata = { title: 'Boundary' }

const DEFAULT_RANGE = '12m'

const byDeployment = (places: readonly BoundaryPlace[]): Map<string, bigint | null> => {
  const deployments = [...new Set(places.map((place) => place.deployment))]
  return new Map(
    deployments.map((deployment) => [
      deployment,
      sumOf(places.filter((place) => place.deployment === deployment).map((place) => place.location_mg)),
    ]),
  )
}

export default async function Boundary({
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
    { today, defaultKey: DEFAULT_RANGE },
  )
  const { places, settings, fresh } = await withOrg(actor, async (tx) => ({
    places: await boundaryPlaces(tx, range),
    settings: await settingsOf(tx),
    fresh: await freshness(tx),
  }))
  const map = scopeMap({
    cloudCategory: settings.cloud_category,
    softwareUseCounts: settings.software_use_in_category_11,
  })
  const masses = byDeployment(places)
  const whole = sumOf([...masses.values()])
  const scope2 = sumOf(
    places.filter(({ deployment }) => map[deployment].electricity?.scope === 2).map((place) => place.location_mg),
  )
  const share = formatPercent(ratioOf(scope2, whole))
  return (
    <>
      <PageTop org={organization} freshness={fresh} crumbs={[{ label: 'Boundary' }]} />
      <FilterRow today={today} defaultRange={DEFAULT_RANGE} resultText={counted(places.length, 'place')} />
      <Main>
        <PageHeader title="Boundary" subtitle="What is inside, in which scope it stands, and what is left out" />
        <PanelGrid>
          <Panel
            title={
              share === null
                ? 'Who controls the machine decides where its electricity stands'
                : `${share} of the emissions of electricity ${inRange(range).trim()} stand in Scope 2`
            }
            meta="Deployment × source, with the clause behind each cell. Within: in the figure of the provider or landlord, no line of its own"
          >
            <MatrixTable
              map={map}
              window={{ from: range.from, to: range.to }}
              tonnes={new Map([...masses].map(([deployment, mg]) => [deployment, massIn(mg, 't')]))}
            />
          </Panel>
          <Panel
            title={places.length === 0 ? 'No workload in these days' : 'Sites and workloads, and where they fall'}
            meta="By deployment as the readings said it, site and grid zone; location-based, before losses and upstream"
          >
            {places.length === 0 ? (
              <EmptyNoSource
                sentence="Readings say of each workload how it is deployed."
                action={
                  <LinkButton href={`/o/${org}/sources`} size={26}>
                    Connect a source
                  </LinkButton>
                }
              />
            ) : (
              <PlacesTable org={org} places={places} map={map} window={{ from: range.from, to: range.to }} />
            )}
          </Panel>
          <ChoicesPanel org={org} settings={settings} />
          <ExcludedPanel />
        </PanelGrid>
      </Main>
    </>
  )
}
