import type { Metadata } from 'next'
import Link from 'next/link'
import { addressOf } from '@/components/shell/filter-query'
import { FilterRow } from '@/components/shell/filter-row'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { resolveRange } from '@/components/shell/range'
import { EmptyNoSource } from '@/components/states/empty-no-source'
import { LinkButton } from '@/components/ui/link-button'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import type { Instrument } from '@/lib/contracts/instruments'
import { withOrg } from '@/lib/db/with-org'
import { instruments as registered } from '@/lib/registry/instruments'
import { matchingOf } from '@/lib/reports/instrument-matching'
import { freshness } from '@/lib/rollups/freshness'
import { PageTop } from '../../runs/_shared/page-top'
import { type AskedParams, queryOf, utcToday } from '../../runs/_shared/page-view'
import { counted } from '../../runs/_shared/words'
import { InstrumentsBand } from './instruments-band'
import { InstrumentsTable } from './instruments-table'
import { MatchingPanels } from './matching-panels'

export const metadata: Metadata = { title: 'Instruments' }

const DEFAULT_RANGE = 'fytd'

const titleOf = (instruments: readonly Instrument[]): string => {
  const ignored = instruments.filter((one) => !one.counts).length
  if (ignored === 0) return instruments.length === 1 ? 'The one instrument counts' : 'Every instrument counts'
  return ignored === instruments.length
    ? 'No instrument counts'
    : `${ignored} of ${instruments.length} ${ignored === 1 ? 'is' : 'are'} ignored: a criterion is not met`
}

export default async function Instruments({
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
  const instruments = await registered(actor.orgId)
  const market = asked.get('market')
  const matching = await matchingOf(actor.orgId, {
    from: range.from,
    to: range.to,
    ...(market && /^[A-Za-z][A-Za-z0-9_:-]{1,39}$/.test(market) ? { market } : {}),
  })
  const fresh = await withOrg(actor, freshness)
  const canEdit = isAllowed(actor, 'instrument:edit')
  const marketHref = (zone: string | null) => {
    const query = new URLSearchParams([...asked].filter(([key]) => key !== 'market'))
    if (zone !== null) query.set('market', zone)
    return addressOf(`/o/${org}/instruments`, query)
  }
  return (
    <>
      <PageTop org={organization} freshness={fresh} crumbs={[{ label: 'Instruments' }]} />
      <FilterRow today={today} defaultRange={DEFAULT_RANGE} resultText={counted(instruments.length, 'instrument')} />
      <Main>
        <PageHeader
          title="Instruments"
          subtitle="What was bought of low-carbon electricity, whether it counts, and what it covers"
          actions={
            <>
              {instruments.length > 0 && (
                <LinkButton href={`/api/v1/exports/instruments.csv?org=${org}`} download size={28}>
                  Export CSV
                </LinkButton>
              )}
              {canEdit && (
                <>
                  <LinkButton href={`/o/${org}/instruments/import`} size={28}>
                    Import CSV
                  </LinkButton>
                  <LinkButton href={`/o/${org}/instruments/new`} size={28} tone="primary">
                    Add instrument
                  </LinkButton>
                </>
              )}
            </>
          }
        />
        <InstrumentsBand matching={matching} />
        <PanelGrid>
          <Panel
            title={instruments.length === 0 ? 'No instrument is entered yet' : titleOf(instruments)}
            meta={
              instruments.length === 0
                ? 'Without one, Scope 2 rests on the supplier’s rate or the residual mix'
                : 'Over their whole vintage. Applied in order: for a site before a market, certificates before contracts, what expires first; never more than is consumed'
            }
          >
            {instruments.length === 0 ? (
              <EmptyNoSource
                sentence="Enter guarantees of origin, RECs, power purchase agreements, green tariffs and supplier rates."
                action={
                  <LinkButton href={`/o/${org}/instruments/${canEdit ? 'new' : ''}`} size={26}>
                    {canEdit ? 'Add the first instrument' : 'An analyst can add it'}
                  </LinkButton>
                }
                other={canEdit && <Link href={`/o/${org}/instruments/import`}>Import a CSV</Link>}
              />
            ) : (
              <InstrumentsTable org={org} instruments={instruments} />
            )}
          </Panel>
          {matching.load_kwh !== null && <MatchingPanels matching={matching} marketHref={marketHref} />}
        </PanelGrid>
      </Main>
    </>
  )
}
