import type { Metadata } from 'next'
import Link from 'next/link'
import { UnitText } from '@/components/figures/unit-text'
import { addressOf } from '@/components/shell/filter-query'
import { FilterRow } from '@/components/shell/filter-row'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { freshness } from '@/lib/rollups/freshness'
import { type RunSummary, runCount, runs } from '@/lib/rollups/runs'
import { totals, totalsSpan } from '@/lib/rollups/totals'
import { filterOptions } from '@/lib/rollups/totals-options'
import { formatMass, formatPercent } from '@/lib/units/format'
import { ratioOf } from '../_shared/amounts'
import { NoMatch, NoReadings } from '../_shared/empty'
import { PageTop } from '../_shared/page-top'
import { type AskedParams, inRange, pageView, queryOf, utcToday } from '../_shared/page-view'
import { RunsTable } from '../_shared/runs-table'
import { counted } from '../_shared/words'

export const metadata: Metadata = { title: 'Runs' }

const KEYS = ['team', 'model', 'site', 'stage', 'deployment', 'zone'] as const
const STEP = 200
const MOST = 2000

const shownOf = (asked: AskedParams): number => {
  const number = Number(queryOf(asked).get('show'))
  return Number.isInteger(number) && number > 0 ? Math.min(number, MOST) : STEP
}

const titleOf = (listed: RunSummary[], whole: bigint | null): string => {
  const largest = listed
    .filter((run) => run.name !== null && run.location_mg !== null)
    .sort((a, b) => ((b.location_mg as bigint) > (a.location_mg as bigint) ? 1 : -1))[0]
  const share = largest && ratioOf(largest.location_mg, whole)
  if (!largest || !share) return 'No run has a figure'
  const name = (largest.name as string).length > 40 ? `${(largest.name as string).slice(0, 38)}…` : largest.name
  return `${name} alone makes ${formatPercent(share)} of the total`
}

export default async function Runs({
  params,
  searchParams,
}: {
  params: Promise<{ org: string }>
  searchParams: Promise<AskedParams>
}) {
  const { org } = await params
  const path = `/o/${org}/runs`
  const { actor, organization } = await pageAccess(org)
  const asked = await searchParams
  const today = utcToday()
  const limit = shownOf(asked)
  const { view, listed, largest, count, all, span, fresh } = await withOrg(actor, async (tx) => {
    const view = pageView(asked, await filterOptions(tx), { today, defaultKey: '30d', keys: KEYS })
    return {
      view,
      listed: await runs(tx, view.filter, limit),
      largest: await runs(tx, view.filter, 2, 'largest'),
      count: await runCount(tx, view.filter),
      all: await totals(tx, view.filter),
      span: await totalsSpan(tx, view.filter),
      fresh: await freshness(tx),
    }
  })
  const mass = formatMass(all.location_mg)
  const more = new URLSearchParams(view.query)
  more.set('show', String(Math.min(limit + STEP, MOST)))
  const rest = count.rows - listed.length
  return (
    <>
      <PageTop org={organization} freshness={fresh} crumbs={[{ label: 'Runs' }]} />
      <FilterRow today={today} fields={view.fields} resultText={counted(count.runs, 'run')} />
      <Main>
        <PageHeader
          title="Runs"
          subtitle={
            count.rows > 0 ? (
              <UnitText
                text={`${counted(count.runs, 'run')} and services ${inRange(view.range)}${mass ? `, ${mass.value}\u202f${mass.unit} CO2e, location-based` : ''}`}
              />
            ) : undefined
          }
        />
        {fresh.telemetry_at === null ? (
          <NoReadings org={org} what="A run appears here as soon as its first readings arrive." />
        ) : count.rows === 0 ? (
          <NoMatch what="runs" path={path} view={view} span={span} />
        ) : (
          <PanelGrid>
            <Panel
              title={titleOf(largest, all.location_mg)}
              meta="Newest reading first; click a head to sort. Location-based; grid = energy-weighted intensity that the run experienced; grade = weakest grid intensity used"
            >
              <RunsTable
                org={org}
                caption="Runs and services"
                runs={listed}
                today={today}
                totalLabel={rest > 0 ? `Total of ${listed.length} shown` : 'Total'}
              />
              {rest > 0 && (
                <p className="mt-2 text-meta text-muted">
                  The {listed.length} newest of {count.rows}. All together:{' '}
                  {mass ? `${mass.value}\u202f${mass.unit}` : 'no figure'}.{' '}
                  {limit < MOST ? (
                    <Link href={addressOf(path, more)} scroll={false} className="inline-block py-1">
                      Load {Math.min(STEP, rest)} more
                    </Link>
                  ) : (
                    'Narrow the range or the filters to see the others.'
                  )}
                </p>
              )}
            </Panel>
          </PanelGrid>
        )}
      </Main>
    </>
  )
}
