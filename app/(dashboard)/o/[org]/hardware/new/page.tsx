import type { Metadata } from 'next'
import { AssetEditor } from '@/components/forms/asset-editor'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { Forbidden } from '@/components/states/forbidden'
import { Panel } from '@/components/ui/panel'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import type { AssetFields } from '@/lib/contracts/assets'
import { withOrg } from '@/lib/db/with-org'
import { embodiedOf } from '@/lib/factors/embodied-of'
import { hardwareOf } from '@/lib/factors/hardware-of'
import { tablesOfOrganization } from '@/lib/factors/organization-tables'
import { embodiedOptions } from '@/lib/registry/embodied-options'
import { freshness } from '@/lib/rollups/freshness'
import { hardwareUse } from '@/lib/rollups/hardware-use'
import { siteNames } from '@/lib/rollups/site-names'
import { PageTop } from '../../runs/_shared/page-top'
import { type AskedParams, queryOf, utcToday } from '../../runs/_shared/page-view'

export const metadata: Metadata = { title: 'Add asset' }

export default async function NewAsset({
  params,
  searchParams,
}: {
  params: Promise<{ org: string }>
  searchParams: Promise<AskedParams>
}) {
  const { org } = await params
  const { actor, organization } = await pageAccess(org)
  const asked = queryOf(await searchParams)
  const read = await withOrg(actor, async (tx) => ({
    uses: await hardwareUse(tx, { from: null, to: utcToday() }),
    sites: await siteNames(tx),
    fresh: await freshness(tx),
  }))
  const tables = await tablesOfOrganization(actor.orgId)
  const hardware = asked.get('hardware')?.slice(0, 200) ?? ''
  const device = hardware === '' ? null : hardwareOf(tables, hardware)
  const known = hardware === '' ? null : embodiedOf(tables, hardware)
  const site = read.sites.find(({ slug }) => slug === asked.get('site'))
  const initial: Partial<AssetFields> = {
    ...(hardware === '' ? {} : { hardware, kind: device?.device === 'cpu' ? 'server' : 'accelerator' }),
    ...(site ? { site: site.slug } : {}),
    ...(device?.tdpW ? { tdp_w: device.tdpW } : {}),
    ...(device?.peakBf16Tflops ? { peak_tflops: device.peakBf16Tflops } : {}),
    ...(known
      ? {
          embodied_kg: known.value,
          embodied_basis: known.basis,
          embodied_source: known.factor.source.slice(0, 200),
          embodied_factor: `${known.factor.id}@${known.factor.version}`,
          embodied_u95: known.u95,
        }
      : {}),
  }
  return (
    <>
      <PageTop
        org={organization}
        freshness={read.fresh}
        crumbs={[{ label: 'Hardware', href: `/o/${org}/hardware` }, { label: 'Add asset' }]}
      />
      <Main>
        <PageHeader
          title="Add asset"
          subtitle={
            hardware === ''
              ? 'Hardware of one kind, bought together and kept at one place'
              : `For what senders call ${hardware.length > 40 ? `${hardware.slice(0, 39)}…` : hardware}`
          }
        />
        {isAllowed(actor, 'asset:edit') ? (
          <AssetEditor
            org={org}
            assetId={null}
            initial={initial}
            sites={read.sites}
            hardwareNames={[...new Set(read.uses.map((use) => use.hardware))]}
            library={embodiedOptions(tables)}
          />
        ) : (
          <Panel title="You cannot add hardware">
            <Forbidden needs="owner, admin, analyst or ml" />
          </Panel>
        )}
      </Main>
    </>
  )
}
