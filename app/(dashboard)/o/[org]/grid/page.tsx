import type { Metadata } from 'next'
import Link from 'next/link'
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
import { zoneList } from '@/lib/rollups/zones'
import { PageTop } from '../runs/_shared/page-top'
import { type AskedParams, inRange, queryOf, utcToday } from '../runs/_shared/page-view'
import { counted } from '../runs/_shared/words'
import { OrderPanel } from './order-panel'
import { UploadPanel } from './upload-panel'
import { zonesTitle } from './words'
import { ZonesTable } from './zones-table'

export const metadata: Metadata = { title: 'Grid' }

export default async function Grid({
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
  const fresh = await withOrg(actor, freshness)
  const zones = await zoneList({ orgId: actor.orgId, from: range.from, to: range.to, now: Date.now() })
  const used = zones.filter((zone) => zone.isUsed).length
  return (
    <>
      <PageTop org={organization} freshness={fresh} crumbs={[{ label: 'Grid' }]} />
      <FilterRow today={today} resultText={counted(zones.length, 'zone')} />
      <Main>
        <PageHeader
          title="Grid"
          subtitle={
            zones.length === 0
              ? 'How much carbon a kWh carries, hour by hour, where your energy is used'
              : `${counted(used, 'zone')} in use, ${counted(zones.filter((zone) => zone.direct).length, 'zone')} with hourly data of your own`
          }
        />
        <PanelGrid>
          {zones.length === 0 ? (
            <Panel
              span={8}
              title="No grid zone is in use yet"
              meta="A zone appears with the first reading that names one, or with the first file of hours"
            >
              <EmptyNoSource
                sentence="Send readings with a grid zone, a cloud region or a site; or import the hours of a zone here."
                action={
                  <LinkButton href={`/o/${org}/sources`} size={26} tone="primary">
                    Connect a source
                  </LinkButton>
                }
                other={<Link href={`/o/${org}/keys`}>Make an API key</Link>}
              />
            </Panel>
          ) : (
            <Panel
              title={zonesTitle(zones)}
              meta={
                <>
                  g CO<sub>2</sub>e/kWh, location-based: what the ledger takes for each hour {inRange(range)}. UTC
                </>
              }
            >
              <ZonesTable org={org} zones={zones} today={today} window={{ from: range.from, to: range.to }} />
            </Panel>
          )}
          <UploadPanel org={organization} actor={actor} />
          {zones.length > 0 && <OrderPanel />}
        </PanelGrid>
      </Main>
    </>
  )
}
