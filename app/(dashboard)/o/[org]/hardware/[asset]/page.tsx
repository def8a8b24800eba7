import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AssetEditor } from '@/components/forms/asset-editor'
import { BASIS_WORDS, KIND_WORDS, RETIREMENT_WORDS } from '@/components/forms/asset-words'
import { RemoveAsset } from '@/components/forms/remove-asset'
import { FilterRow } from '@/components/shell/filter-row'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { resolveRange } from '@/components/shell/range'
import { type Spec, SpecLine } from '@/components/shell/spec-line'
import { Forbidden } from '@/components/states/forbidden'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { Status } from '@/components/ui/status'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { tablesOfOrganization } from '@/lib/factors/organization-tables'
import { assets as registeredAssets } from '@/lib/registry/assets'
import { embodiedOptions } from '@/lib/registry/embodied-options'
import { assetBooks } from '@/lib/rollups/asset-book'
import { runOffCurve } from '@/lib/rollups/asset-inventory'
import { freshness } from '@/lib/rollups/freshness'
import { hardwareUse } from '@/lib/rollups/hardware-use'
import { siteNames } from '@/lib/rollups/site-names'
import { formatCount } from '@/lib/units/format'
import { PageTop } from '../../runs/_shared/page-top'
import { type AskedParams, queryOf, utcToday } from '../../runs/_shared/page-view'
import { shortDay } from '../../runs/_shared/words'
import { RunOffChart } from '../_shared/run-off-chart'
import { shortened } from '../_shared/words'
import { AssetBand } from './asset-band'
import { assetMonths } from './asset-months'
import { LifePanel } from './life-panel'
import { MonthsPanel } from './months-panel'

type Params = Promise<{ org: string; asset: string }>

const DEFAULT_RANGE = '12m'
const BEFORE_ALL = '1970-01-01'

export const metadata: Metadata = { title: 'Asset' }

export default async function AssetPage({
  params,
  searchParams,
}: {
  params: Params
  searchParams: Promise<AskedParams>
}) {
  const { org, asset: assetId } = await params
  const { actor, organization } = await pageAccess(org)
  const all = await registeredAssets(actor.orgId, { withRemoved: true })
  const asset = all.find((one) => one.asset_id === assetId)
  if (!asset) notFound()
  const asked = queryOf(await searchParams)
  const today = utcToday()
  const range = resolveRange(
    { range: asked.get('range'), from: asked.get('from'), to: asked.get('to') },
    { today, defaultKey: DEFAULT_RANGE },
  )
  const to = range.to < today ? range.to : today
  const span = { from: range.from < to ? range.from : to, to }
  const read = await withOrg(actor, async (tx) => ({
    uses: await hardwareUse(tx, span),
    toDate: await hardwareUse(tx, { from: null, to: today }),
    sites: await siteNames(tx),
    fresh: await freshness(tx),
  }))
  // A removed asset carries nothing; its own figures are shown as they would be.
  const pool = all.filter((one) => one.removed_at === null || one.asset_id === assetId)
  const of = (books: ReturnType<typeof assetBooks>) => books.books.find((book) => book.asset.asset_id === assetId)
  const window = of(assetBooks(pool, read.uses, span))
  const toDate = of(assetBooks(pool, read.toDate, { from: BEFORE_ALL, to: today }))
  if (!window || !toDate) notFound()
  const curve = runOffCurve([asset])
  const used =
    window.used_hours === null || window.available_hours === 0 ? null : window.used_hours / window.available_hours
  const specs: Spec[] = [
    { label: 'Hardware', value: asset.hardware },
    { label: 'Kind', value: KIND_WORDS[asset.kind] },
    ...(asset.site ? [{ label: 'Site', value: asset.site, href: `/o/${org}/sites/${asset.site}` }] : []),
    {
      label: 'Units',
      value:
        asset.devices_per_unit === 1
          ? formatCount(asset.units)
          : `${formatCount(asset.units)} × ${formatCount(asset.devices_per_unit)} devices`,
    },
    { label: 'Bought', value: shortDay(asset.purchased_on, '0000') },
    { label: 'In service', value: shortDay(asset.in_service_on, '0000') },
    { label: 'Life', value: `${asset.life_years} years${asset.is_second_life ? ', second' : ''}` },
    ...(asset.embodied_basis ? [{ label: 'Basis', value: BASIS_WORDS[asset.embodied_basis] }] : []),
    ...(asset.retired_on
      ? [
          {
            label: asset.retirement ? RETIREMENT_WORDS[asset.retirement] : 'Retired',
            value: shortDay(asset.retired_on, '0000'),
          },
        ]
      : []),
  ]
  const canEdit = isAllowed(actor, 'asset:edit')
  return (
    <>
      <PageTop
        org={organization}
        freshness={read.fresh}
        crumbs={[{ label: 'Hardware', href: `/o/${org}/hardware` }, { label: shortened(asset.name, 48) }]}
      />
      <FilterRow today={today} defaultRange={DEFAULT_RANGE} />
      <Main>
        <PageHeader
          title={asset.name}
          status={asset.removed_at !== null && <Status tone="locked">Removed from the register</Status>}
          actions={
            canEdit && (
              <RemoveAsset org={org} assetId={assetId} name={asset.name} isRemoved={asset.removed_at !== null} />
            )
          }
        >
          <SpecLine specs={specs} />
        </PageHeader>
        <AssetBand toDate={toDate} window={window} />
        <PanelGrid>
          {curve.length > 0 ? (
            <RunOffChart curve={curve} today={today} left_mg={toDate.left_mg} csvName="asset-run-off" span={7} />
          ) : (
            <Panel span={7} title="Nothing runs off yet" meta="The embodied value of this asset is not known">
              <p className="max-w-[64ch] text-ink-2">
                It is unknown and not zero: no figure of it is in any sum. Workloads on its hardware take the factor
                library’s value where it has one. Enter a value below, or take one from the library.
              </p>
            </Panel>
          )}
          <LifePanel asset={asset} used={used} span={5} />
          <MonthsPanel months={assetMonths(pool, assetId, read.uses, span)} window={window} span={12} />
        </PanelGrid>
        <div className="mt-7">
          {!canEdit ? (
            <Panel title="What is entered">
              <Forbidden
                needs="owner, admin, analyst or ml"
                grant={`You may read all of this asset as ${actor.role}. An owner or admin of ${organization.name} can give you the role.`}
              />
            </Panel>
          ) : (
            asset.removed_at === null && (
              <AssetEditor
                org={org}
                assetId={assetId}
                initial={Object.fromEntries(
                  Object.entries(asset).filter(([name]) => name !== 'asset_id' && name !== 'removed_at'),
                )}
                sites={read.sites}
                hardwareNames={[...new Set(read.toDate.map(({ hardware }) => hardware))]}
                library={embodiedOptions(await tablesOfOrganization(actor.orgId))}
              />
            )
          )}
        </div>
      </Main>
    </>
  )
}
