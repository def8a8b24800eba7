import type { Metadata } from 'next'
import Link from 'next/link'
import { UnitText } from '@/components/figures/unit-text'
import { addressOf } from '@/components/shell/filter-query'
import { FilterRow } from '@/components/shell/filter-row'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { Segmented } from '@/components/ui/segmented'
import { pageAccess } from '@/lib/auth/page'
import { OUTCOMES } from '@/lib/contracts/runs'
import { withOrg } from '@/lib/db/with-org'
import { freshness } from '@/lib/rollups/freshness'
import { runOutcomes } from '@/lib/rollups/run-outcomes'
import { type RunFilter, type RunSummary, runCount, runs } from '@/lib/rollups/runs'
import { totals, totalsSpan } from '@/lib/rollups/totals'
import { filterOptions } from '@/lib/rollups/totals-options'
import { formatMass, formatPercent } from '@/lib/units/format'
import { ratioOf } from '../_shared/amounts'
import { NoMatch, NoReadings } from '../_shared/empty'
import { PageTop } from '../_shared/page-top'
import { type AskedParams, inRange, liveFilters, pageView, queryOf, utcToday } from '../_shared/page-view'
import { RunsTable } from '../_shared/runs-table'
import { counted } from '../_shared/words'
import { WastePanel } from './waste-panel'

export const metadata: Metadata = { title: 'Runs' }

const KEYS = ['team', 'model', 'site', 'stage', 'deployment', 'zone'] as const
const STEP = 200
const MOST = 2000

const shownOf = (asked: AskedParams): number => {
  const number = Number(queryOf(asked).get('show'))
  return Number.isInteger(number) && number > 0 ? Math.min(number, MOST) : STEP
}

const SHOWN = [
  { value: 'all', label: 'All' },
  { value: 'completed', label: 'Completed' },
  { value: 'failed', label: 'Failed' },
  { value: 'abandoned', label: 'Abandoned' },
  { value: 'none', label: 'Not said' },
] as const

const outcomeOf = (asked: string | null): RunFilter['outcome'] =>
  asked === 'none' ? 'none' : OUTCOMES.find((one) => one === asked)

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
  const outcome = outcomeOf(queryOf(asked).get('outcome'))
  const { view, listed, largest, count, all, outcomes, span, fresh } = await withOrg(actor, async (tx) => {
    const view = pageView(asked, await filterOptions(tx), { today, defaultKey: '30d', keys: KEYS })
    const shown = { ...view.filter, outcome }
    return {
      view,
      listed: await runs(tx, shown, limit),
      largest: await runs(tx, shown, 2, 'largest'),
      count: await runCount(tx, shown),
      outcomes: await runOutcomes(tx, view.filter),
      all: await totals(tx, view.filter),
      span: await totalsSpan(tx, view.filter),
      fresh: await freshness(tx),
    }
  })
  const whole =
    outcome === undefined
      ? all.location_mg
      : (outcomes.find((row) => (row.outcome ?? 'none') === outcome)?.location_mg ?? null)
  const mass = formatMass(whole)
  const more = new URLSearchParams(view.query)
  if (outcome) more.set('outcome', outcome)
  more.set('show', String(Math.min(limit + STEP, MOST)))
  const rest = count.rows - listed.length
  return (
    <>
      <PageTop org={organization} freshness={fresh} crumbs={[{ label: 'Runs' }]} />
      <FilterRow today={today} fields={view.fields} resultText={counted(count.runs, 'run')}>
        <Segmented
          label="How they ended"
          value={outcome ?? 'all'}
          options={SHOWN.map(({ value, label }) => {
            const query = new URLSearchParams(view.query)
            if (value !== 'all') query.set('outcome', value)
            return { value, label, href: addressOf(path, query) }
          })}
        />
      </FilterRow>
      <Main>
        <PageHeader
          title="Runs"
          subtitle={
            count.rows > 0 ? (
              <UnitText
                text={`${counted(count.runs, 'run')}${outcome ? '' : ' and services'} ${inRange(view.range)}${mass ? `, ${mass.value}\u202f${mass.unit} CO2e, location-based` : ''}`}
              />
            ) : undefined
          }
        />
        {fresh.telemetry_at === null ? (
          <NoReadings org={org} what="A run appears here as soon as its first readings arrive." />
        ) : count.rows === 0 && outcome === undefined ? (
          <NoMatch what="runs" path={path} view={view} span={span} />
        ) : (
          <PanelGrid>
            <WastePanel outcomes={outcomes} words={inRange(view.range)} />
            <Panel
              title={titleOf(largest, whole)}
              meta="Newest reading first; click a head to sort. Location-based; grid = energy-weighted intensity that the run experienced; grade = weakest grid intensity used; embodied is amortised"
            >
              <RunsTable
                org={org}
                caption="Runs and services"
                runs={listed}
                today={today}
                window={{ from: view.range.from, to: view.range.to }}
                filters={liveFilters(view)}
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
