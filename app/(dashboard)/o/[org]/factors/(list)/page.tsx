import type { Metadata } from 'next'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { LinkButton } from '@/components/ui/link-button'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { FACTOR_STATUS_FILTERS, factorsQuerySchema } from '@/lib/contracts/factors'
import { withOrg } from '@/lib/db/with-org'
import { pendingUpdates } from '@/lib/rollups/factor-detail'
import { factorCounts, factorPage } from '@/lib/rollups/factor-list'
import { thisYear } from '@/lib/rollups/factor-year'
import { freshness } from '@/lib/rollups/freshness'
import { formatCount } from '@/lib/units/format'
import { PageTop } from '../../runs/_shared/page-top'
import { type AskedParams, queryOf } from '../../runs/_shared/page-view'
import { counted } from '../../runs/_shared/words'
import { KIND_LABELS } from '../_shared/words'
import { FactorFilters } from './factor-filters'
import { FactorsTable } from './factors-table'
import { PendingPanel } from './pending-panel'

export const metadata: Metadata = { title: 'Factors' }

const STATUS_WORDS: Record<(typeof FACTOR_STATUS_FILTERS)[number], string> = {
  verified: 'Verified',
  unverified: 'Unverified or derived',
  'without-value': 'Without a value',
  own: 'Your own',
  pending: 'Update waits',
  used: 'Used this year',
}

const PAGE = 100

export default async function Factors({
  params,
  searchParams,
}: {
  params: Promise<{ org: string }>
  searchParams: Promise<AskedParams>
}) {
  const { org } = await params
  const { actor, organization } = await pageAccess(org)
  const query = queryOf(await searchParams)
  // A filter that names nothing is left out: the address may come from an older page.
  const filters = Object.fromEntries(
    ['q', 'kind', 'place', 'status'].flatMap((key) => {
      const value = query.get(key)?.trim()
      const known = key !== 'status' || FACTOR_STATUS_FILTERS.some((one) => one === value)
      return value && known && (key !== 'kind' || value in KIND_LABELS) ? [[key, value]] : []
    }),
  )
  const asked = factorsQuerySchema.parse({ ...filters, limit: PAGE })
  const year = { ...thisYear(Date.now()), orgId: actor.orgId }
  const [counts, page, pending, fresh] = await Promise.all([
    factorCounts(year),
    factorPage({ ...asked, ...year }),
    pendingUpdates(year),
    withOrg(actor, freshness),
  ])
  const search = new URLSearchParams(filters)
  const exported = new URLSearchParams({ ...filters, org })
  const mayEdit = isAllowed(actor, 'factor:edit')
  const isFiltered = Object.keys(filters).length > 0
  const resultText = counted(page.total, 'factor')
  return (
    <>
      <PageTop org={organization} freshness={fresh} crumbs={[{ label: 'Factors' }]} />
      <FactorFilters
        key={search.toString() === '' ? 'all' : 'some'}
        kinds={counts.kinds.map(({ kind, count }) => ({
          value: kind,
          label: `${KIND_LABELS[kind] ?? kind} (${formatCount(count)})`,
        }))}
        statuses={FACTOR_STATUS_FILTERS.map((value) => ({ value, label: STATUS_WORDS[value] }))}
        resultText={resultText}
      />
      <Main>
        <PageHeader
          title="Factors"
          subtitle={`${counted(counts.total, 'number')} from outside, each with its source, licence and version; ${formatCount(counts.used)} used this year, ${
            counts.own === 0 ? 'none' : formatCount(counts.own)
          } your own`}
          actions={
            <>
              <LinkButton href={`/api/v1/exports/factors.csv?${exported}`} download>
                Export CSV
              </LinkButton>
              {mayEdit && (
                <LinkButton href={`/o/${org}/factors/new`} tone="primary">
                  Add or import
                </LinkButton>
              )}
            </>
          }
        />
        <PanelGrid>
          {pending.length > 0 && !isFiltered && <PendingPanel org={org} updates={pending} mayEdit={mayEdit} />}
          <Panel
            title={
              page.total === 0
                ? 'No factor fits these filters'
                : isFiltered
                  ? `${resultText} fit`
                  : `${counted(counts.unverified, 'number')} of ${formatCount(counts.total)} ${counts.unverified === 1 ? 'is' : 'are'} not verified, ${formatCount(counts.without_value)} have no value`
            }
            meta="Unverified rows are used only where no verified one is known; a row without a value is unknown, never 0. A grey interval is ours, where the source states none"
          >
            {page.total === 0 ? (
              <p className="py-3">
                <LinkButton href={`/o/${org}/factors`} size={26}>
                  Show every factor
                </LinkButton>
              </p>
            ) : (
              <FactorsTable key={search.toString()} org={org} query={search.toString()} initial={page} />
            )}
          </Panel>
        </PanelGrid>
      </Main>
    </>
  )
}
