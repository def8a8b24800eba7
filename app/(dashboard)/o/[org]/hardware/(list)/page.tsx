import type { Metadata } from 'next'
import Link from 'next/link'
import { FilterRow } from '@/components/shell/filter-row'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { resolveRange } from '@/components/shell/range'
import { EmptyNoSource } from '@/components/states/empty-no-source'
import { LinkButton } from '@/components/ui/link-button'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { hardwareOf } from '@/lib/factors/hardware-of'
import { tablesOfOrganization } from '@/lib/factors/organization-tables'
import { assets as registeredAssets } from '@/lib/registry/assets'
import { bridgeYears, retiredAssets, runOffCurve } from '@/lib/rollups/asset-inventory'
import { endOfLifeFactors } from '@/lib/rollups/end-of-life'
import { freshness } from '@/lib/rollups/freshness'
import { hardwareEfficiency } from '@/lib/rollups/hardware-efficiency'
import { siteNames } from '@/lib/rollups/site-names'
import { formatCount } from '@/lib/units/format'
import { PageTop } from '../../runs/_shared/page-top'
import { type AskedParams, inRange, queryOf, utcToday } from '../../runs/_shared/page-view'
import { counted } from '../../runs/_shared/words'
import { readHardware } from '../_shared/read-hardware'
import { RunOffChart } from '../_shared/run-off-chart'
import { sumOfBooks } from '../_shared/words'
import { AssetsTable } from './assets-table'
import { BridgePanel } from './bridge-panel'
import { EfficiencyPanel } from './efficiency-panel'
import { EndOfLifePanel } from './end-of-life-panel'
import { HardwareBand } from './hardware-band'
import { IdlePanel } from './idle-panel'
import { UnregisteredPanel } from './unregistered-panel'

export const metadata: Metadata = { title: 'Hardware' }

const DEFAULT_RANGE = '12m'

export default async function Hardware({
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
  const assets = await registeredAssets(actor.orgId)
  const tables = await tablesOfOrganization(actor.orgId)
  const read = await withOrg(actor, async (tx) => ({
    books: await readHardware(tx, assets, { from: range.from, to: range.to, today }),
    sites: await siteNames(tx),
    treatments: await endOfLifeFactors(tx),
    efficiency: await hardwareEfficiency(tx, (name) => {
      const device = hardwareOf(tables, name)
      return device?.peakBf16Tflops ? { tflops: device.peakBf16Tflops, source: device.row.factor.source } : null
    }),
    fresh: await freshness(tx),
  }))
  const canEdit = isAllowed(actor, 'asset:edit')
  const { books } = read
  const devices = books.window.reduce((sum, book) => sum + (book.asset.retired_on === null ? book.devices : 0), 0)
  const curve = runOffCurve(assets)
  const unknown = assets.filter((asset) => asset.embodied_kg === null).map(({ name }) => name)
  return (
    <>
      <PageTop org={organization} freshness={read.fresh} crumbs={[{ label: 'Hardware' }]} />
      <FilterRow today={today} defaultRange={DEFAULT_RANGE} resultText={counted(assets.length, 'asset')} />
      <Main>
        <PageHeader
          title="Hardware"
          subtitle={
            assets.length === 0
              ? 'What was bought, what making it emitted, and who used it'
              : `${counted(assets.length, 'asset')}, ${formatCount(devices)} devices in service`
          }
          actions={
            <>
              {assets.length > 0 && (
                <LinkButton href={`/api/v1/exports/assets.csv?org=${org}`} download size={28}>
                  Export CSV
                </LinkButton>
              )}
              {canEdit && (
                <>
                  <LinkButton href={`/o/${org}/hardware/import`} size={28}>
                    Import CSV
                  </LinkButton>
                  <LinkButton href={`/o/${org}/hardware/new`} size={28} tone="primary">
                    Add asset
                  </LinkButton>
                </>
              )}
            </>
          }
        />
        {assets.length > 0 && (
          <HardwareBand window={books.window} days={{ from: range.from, to: range.to }} range={inRange(range).trim()} />
        )}
        <PanelGrid>
          {assets.length === 0 ? (
            <Panel
              title="No hardware is entered yet"
              meta="With it, workloads carry their share of what making their machines emitted, and idle machines show"
            >
              <EmptyNoSource
                sentence="Enter what was bought: units, dates, expected life and the embodied value, typed, from the library or from parts."
                action={
                  <LinkButton href={`/o/${org}/hardware/${canEdit ? 'new' : ''}`} size={26}>
                    {canEdit ? 'Add the first asset' : 'An analyst can add it'}
                  </LinkButton>
                }
                other={canEdit && <Link href={`/o/${org}/hardware/import`}>Import a CSV</Link>}
              />
            </Panel>
          ) : (
            <>
              <Panel
                title="The register"
                meta={
                  <>
                    Embodied kg CO<sub>2</sub>e cradle to gate with its 95 % interval; allocated to date and left of the
                    whole; idle, utilisation {inRange(range).trim()}, days that are over
                  </>
                }
              >
                <AssetsTable
                  org={org}
                  window={books.window}
                  days={{ from: range.from, to: books.until }}
                  toDate={books.toDate}
                  siteNames={new Map(read.sites.map(({ slug, name }) => [slug, name]))}
                  today={today}
                />
              </Panel>
              {curve.length > 0 && (
                <RunOffChart
                  curve={curve}
                  today={today}
                  left_mg={sumOfBooks(books.toDate, (book) => book.left_mg)}
                  csvName="embodied-run-off"
                  span={8}
                />
              )}
              <EndOfLifePanel retired={retiredAssets(assets, read.treatments)} org={org} span={4} />
              <IdlePanel books={books.window} window={{ from: range.from, to: books.until }} org={org} span={12} />
              <BridgePanel years={bridgeYears(assets, today)} unknown={unknown} span={12} />
            </>
          )}
          {(assets.length > 0 || read.efficiency.length > 0) && (
            <EfficiencyPanel rows={read.efficiency} span={assets.length === 0 ? 12 : 7} />
          )}
          {(assets.length > 0 || books.unregistered.length > 0) && (
            <UnregisteredPanel
              uses={books.unregistered}
              org={org}
              canEdit={canEdit}
              span={assets.length === 0 ? 12 : 5}
            />
          )}
        </PanelGrid>
      </Main>
    </>
  )
}
