import { notFound } from 'next/navigation'
import { RankedBars } from '@/components/charts/ranked-bars'
import { StackedMonths } from '@/components/charts/stacked-months'
import { UnitText } from '@/components/figures/unit-text'
import { addressOf } from '@/components/shell/filter-query'
import { FilterRow } from '@/components/shell/filter-row'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { LinkButton } from '@/components/ui/link-button'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { UNASSIGNED } from '@/lib/rollups/cube-filter'
import { freshness } from '@/lib/rollups/freshness'
import { afterInstruments, instrumentEffectBy, instrumentEffectByDay } from '@/lib/rollups/instrument-effect'
import { runCount, runs } from '@/lib/rollups/runs'
import { instrumentStagesByMonth, marketStages, stagesByMonth } from '@/lib/rollups/stages-by-month'
import { totals, totalsBy, totalsByDay, totalsSpan } from '@/lib/rollups/totals'
import { filterOptions } from '@/lib/rollups/totals-options'
import { furtherSpread, totalsSpread } from '@/lib/rollups/totals-spread'
import { formatPercent } from '@/lib/units/format'
import { ratioOf } from './amounts'
import { NoMatch } from './empty'
import { daysInMethod, inMethod, METHOD_WORDS, sumOfEffects } from './in-method'
import { MethodSwitch } from './method-switch'
import { PageTop } from './page-top'
import { type AskedParams, inRange, liveFilters, pageView, utcToday, windowBefore } from './page-view'
import { rankedView } from './ranked'
import type { NamedKind } from './require-name'
import { RunsTable } from './runs-table'
import { monthsView, thirteenMonths } from './stage-months'
import { TotalsBand } from './totals-band'
import { counted } from './words'

const WORDS = {
  team: { list: 'Teams', path: 'teams', word: 'Team', other: 'model', otherWords: { one: 'model', many: 'models' } },
  model: { list: 'Models', path: 'models', word: 'Model', other: 'team', otherWords: { one: 'team', many: 'teams' } },
} as const

const KEYS = {
  team: ['model', 'site', 'stage', 'deployment', 'zone'],
  model: ['team', 'site', 'stage', 'deployment', 'zone'],
} as const

const NEWEST_RUNS = 25

/** One team or model: its figures, months by stage, what it is made of, its newest runs. */
export async function DimensionDetail({
  org,
  kind,
  name,
  asked,
}: {
  org: string
  kind: NamedKind
  name: string
  asked: AskedParams
}) {
  const words = WORDS[kind]
  const path = `/o/${org}/${words.path}/${encodeURIComponent(name)}`
  const { actor, organization } = await pageAccess(org)
  const today = utcToday()
  const months = thirteenMonths(today)
  const page = await withOrg(actor, async (tx) => {
    const options = await filterOptions(tx)
    if (name !== UNASSIGNED && !options[kind].includes(name)) return null
    const view = pageView(asked, options, { today, defaultKey: '30d', keys: KEYS[kind] })
    const filter = { ...view.filter, [kind]: [name] }
    const before = windowBefore(view.range, today)
    const span = await totalsSpan(tx, filter)
    const comparable = span.first !== null && span.first <= before.from
    const isMarket = view.method === 'mb'
    const earlier = { ...filter, ...before }
    return {
      view,
      span,
      before: comparable
        ? {
            mg: isMarket
              ? afterInstruments(
                  (await totals(tx, earlier)).market_mg,
                  sumOfEffects(await instrumentEffectBy(tx, earlier, 'deployment')),
                )
              : (await totals(tx, earlier)).location_mg,
            words: before.words,
          }
        : null,
      effects: await instrumentEffectBy(tx, filter, words.other),
      effectsByDay: isMarket ? await instrumentEffectByDay(tx, filter) : new Map<string, bigint>(),
      effectsByMonth: isMarket ? await instrumentStagesByMonth(tx, { ...filter, ...months }) : null,
      spread: await totalsSpread(tx, filter),
      further: await furtherSpread(tx, filter),
      own: await totals(tx, filter),
      all: await totals(tx, view.filter),
      days: await totalsByDay(tx, filter),
      parts: await totalsBy(tx, filter, words.other),
      months: await stagesByMonth(tx, { ...filter, ...months }),
      listed: await runs(tx, filter, NEWEST_RUNS),
      count: await runCount(tx, filter),
      fresh: await freshness(tx),
    }
  })
  if (!page) notFound()
  const { view, own, fresh, listed, count } = page
  const title = name === UNASSIGNED ? 'Unassigned' : name
  const { method } = view
  const stacked = monthsView(page.effectsByMonth ? marketStages(page.months, page.effectsByMonth) : page.months, months)
  const parts = rankedView(inMethod(page.parts, page.effects, method), {
    most: 8,
    what: words.otherWords,
    hrefOf: (other) => `/o/${org}/${WORDS[words.other].path}/${encodeURIComponent(other)}`,
  })
  const share = formatPercent(ratioOf(own.location_mg, page.all.location_mg))
  const runsQuery = new URLSearchParams(view.query)
  runsQuery.append(kind, name)
  const runsHref = addressOf(`/o/${org}/runs`, runsQuery)
  return (
    <>
      <PageTop
        org={organization}
        freshness={fresh}
        crumbs={[{ label: words.list, href: `/o/${org}/${words.path}` }, { label: title }]}
      />
      <FilterRow today={today} fields={view.fields} resultText={counted(count.runs, 'run')}>
        <MethodSwitch path={path} asked={asked} method={method} />
      </FilterRow>
      <Main>
        <PageHeader
          title={<span className="break-words">{title}</span>}
          subtitle={
            own.days > 0
              ? `${name === UNASSIGNED ? `Energy that names no ${kind}` : words.word}; ${counted(count.runs, 'run')} ${inRange(view.range)}${share ? `, ${share} of the organisation` : ''}`
              : words.word
          }
        />
        {own.days === 0 ? (
          <NoMatch what="figures" path={path} view={view} span={page.span} />
        ) : (
          <>
            <TotalsBand
              org={org}
              view={view}
              totals={own}
              effectMg={sumOfEffects(page.effects)}
              spread={page.spread}
              further={page.further}
              before={page.before}
              days={daysInMethod(page.days, page.effectsByDay, method)}
              ledger={{ [kind]: name }}
            />
            <PanelGrid>
              <StackedMonths
                span={7}
                title={stacked.title}
                meta={
                  <UnitText
                    text={`CO2e per month, ${METHOD_WORDS[method]}, by lifecycle stage; the 13 months up to now`}
                  />
                }
                csvName={`${org}-${kind}-months`}
                months={stacked.months}
              />
              <RankedBars
                span={5}
                title={parts.title}
                meta={
                  <UnitText
                    text={`${parts.unit} CO2e by ${words.otherWords.one}, ${METHOD_WORDS[method]}, and share; ${view.range.label.toLowerCase()}`}
                  />
                }
                csvName={`${org}-${kind}-${words.otherWords.many}`}
                bars={parts.bars}
                itemLabel={WORDS[words.other].word}
                valueLabel="Emissions"
                unit={`${parts.unit} CO2e`}
                noteLabel="Share"
              />
              <Panel
                title={
                  count.rows > listed.length
                    ? `The ${listed.length} newest of ${counted(count.rows, 'run')}`
                    : counted(count.rows, 'run')
                }
                meta="Location-based; grid = energy-weighted intensity that the run experienced; grade = weakest grid intensity used"
                tools={
                  <LinkButton href={runsHref} size={26}>
                    All in Runs
                  </LinkButton>
                }
              >
                <RunsTable
                  org={org}
                  caption={`Runs of ${title}`}
                  runs={listed}
                  today={today}
                  window={{ from: view.range.from, to: view.range.to }}
                  filters={{ ...liveFilters(view), [kind]: name }}
                  without={[kind]}
                  totalLabel={count.rows > listed.length ? `Total of ${listed.length} shown` : 'Total'}
                />
              </Panel>
            </PanelGrid>
          </>
        )}
      </Main>
    </>
  )
}
