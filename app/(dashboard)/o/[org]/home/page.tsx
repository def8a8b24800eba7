import type { Metadata } from 'next'
import { RankedBars } from '@/components/charts/ranked-bars'
import { StackedMonths } from '@/components/charts/stacked-months'
import { displayStage, STAGE_LABEL } from '@/components/charts/stages'
import { UnitText } from '@/components/figures/unit-text'
import { FilterRow } from '@/components/shell/filter-row'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { rangeLabel } from '@/components/shell/range'
import { PartialNote } from '@/components/states/partial-note'
import { PanelGrid } from '@/components/ui/panel'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { freshness } from '@/lib/rollups/freshness'
import { homeNeeds } from '@/lib/rollups/home-needs'
import { afterInstruments, instrumentEffectBy, instrumentEffectByDay } from '@/lib/rollups/instrument-effect'
import { instrumentStagesByMonth, marketStages, stagesByMonth } from '@/lib/rollups/stages-by-month'
import { type NamedTotals, totals, totalsBy, totalsByDay, totalsSpan } from '@/lib/rollups/totals'
import { filterOptions } from '@/lib/rollups/totals-options'
import { furtherSpread, totalsSpread } from '@/lib/rollups/totals-spread'
import { formatMass, formatPercent } from '@/lib/units/format'
import { ratioOf, sumOf } from '../runs/_shared/amounts'
import { NoMatch, NoReadings } from '../runs/_shared/empty'
import { daysInMethod, inMethod, METHOD_WORDS, sumOfEffects } from '../runs/_shared/in-method'
import { MethodSwitch } from '../runs/_shared/method-switch'
import { PageTop } from '../runs/_shared/page-top'
import {
  type AskedParams,
  inRange,
  ledgerHref,
  type PageView,
  pageView,
  utcToday,
  windowBefore,
} from '../runs/_shared/page-view'
import { rankedView } from '../runs/_shared/ranked'
import { monthsView, thirteenMonths } from '../runs/_shared/stage-months'
import { TotalsBand } from '../runs/_shared/totals-band'
import { needsOf } from './needs'
import { NeedsYou } from './needs-you'

export const metadata: Metadata = { title: 'Home' }

const KEYS = ['team', 'model', 'site', 'stage', 'deployment', 'zone'] as const
const MOST_NEEDS = 5

/** `Inference makes 48 % of 372 t CO2e in 2026 so far`: the largest stage of the window. */
const findingOf = (byStage: NamedTotals[], view: PageView): string | null => {
  const whole = sumOf(byStage.map((row) => row.location_mg))
  const mass = formatMass(whole)
  if (!mass || whole === 0n) return null
  const groups = new Map<string, bigint>()
  for (const { name, location_mg } of byStage) {
    const group = name === null ? null : displayStage(name)
    const label = group ? STAGE_LABEL[group] : 'Unassigned energy'
    groups.set(label, (groups.get(label) ?? 0n) + (location_mg ?? 0n))
  }
  const [label, mg] = [...groups].reduce((top, one) => (one[1] > top[1] ? one : top))
  const share = formatPercent(ratioOf(mg, whole))
  return `${label} makes ${share} of ${mass.value}\u202f${mass.unit} ${inRange(view.range)}`
}

export default async function Home({
  params,
  searchParams,
}: {
  params: Promise<{ org: string }>
  searchParams: Promise<AskedParams>
}) {
  const { org } = await params
  const { actor, organization } = await pageAccess(org)
  const asked = await searchParams
  const today = utcToday()
  const months = thirteenMonths(today)
  const page = await withOrg(actor, async (tx) => {
    const view = pageView(asked, await filterOptions(tx), { today, defaultKey: 'fytd', keys: KEYS })
    const before = windowBefore(view.range, today)
    const span = await totalsSpan(tx, view.filter)
    // A window that begins before the books do would compare unlike with unlike.
    const comparable = span.first !== null && span.first <= before.from
    const isMarket = view.method === 'mb'
    const none = new Map<string | null, bigint>()
    const earlier = { ...view.filter, ...before }
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
      effects: await instrumentEffectBy(tx, view.filter, 'team'),
      effectsByModel: isMarket ? await instrumentEffectBy(tx, view.filter, 'model') : none,
      effectsByStage: isMarket ? await instrumentEffectBy(tx, view.filter, 'stage') : none,
      effectsByDay: isMarket ? await instrumentEffectByDay(tx, view.filter) : new Map<string, bigint>(),
      effectsByMonth: isMarket ? await instrumentStagesByMonth(tx, { ...view.filter, ...months }) : null,
      spread: await totalsSpread(tx, view.filter),
      further: await furtherSpread(tx, view.filter),
      fresh: await freshness(tx),
      all: await totals(tx, view.filter),
      days: await totalsByDay(tx, view.filter),
      byStage: await totalsBy(tx, view.filter, 'stage'),
      byTeam: await totalsBy(tx, view.filter, 'team'),
      byModel: await totalsBy(tx, view.filter, 'model'),
      months: await stagesByMonth(tx, { ...view.filter, ...months }),
      needs: await homeNeeds(tx, view.filter, today),
    }
  })
  const { view, span, fresh, all } = page
  const path = `/o/${org}/home`
  const any = all.days > 0
  const needs = needsOf(page.needs, org, view)
  const { method } = view
  const words = METHOD_WORDS[method]
  const stacked = monthsView(page.effectsByMonth ? marketStages(page.months, page.effectsByMonth) : page.months, months)
  const teams = rankedView(inMethod(page.byTeam, page.effects, method), {
    most: 8,
    what: { one: 'team', many: 'teams' },
    hrefOf: (name) => `/o/${org}/teams/${encodeURIComponent(name)}`,
  })
  const models = rankedView(inMethod(page.byModel, page.effectsByModel, method), {
    most: 8,
    what: { one: 'model', many: 'models' },
    hrefOf: (name) => `/o/${org}/models/${encodeURIComponent(name)}`,
  })
  return (
    <>
      <PageTop org={organization} freshness={fresh} crumbs={[{ label: 'Home' }]} />
      <FilterRow today={today} defaultRange="fytd" fields={view.fields}>
        <MethodSwitch path={path} asked={asked} method={method} />
      </FilterRow>
      <Main>
        <PageHeader
          title={findingOf(inMethod(page.byStage, page.effectsByStage, method), view) ?? organization.name}
          subtitle={`${organization.name}, AI compute perimeter, ${rangeLabel(view.range)}. Electricity ${words}; upstream, losses and embodied hardware stand apart.`}
        />
        {span.first === null && fresh.telemetry_at === null ? (
          <NoReadings
            org={org}
            what="Send the power of one GPU and this page fills: emissions, energy, teams, and what needs you."
          />
        ) : !any ? (
          <NoMatch what="figures" path={path} view={view} span={span} />
        ) : (
          <>
            <TotalsBand
              org={org}
              view={view}
              totals={all}
              effectMg={sumOfEffects(page.effects)}
              spread={page.spread}
              further={page.further}
              before={page.before}
              days={daysInMethod(page.days, page.effectsByDay, method)}
            />
            <PanelGrid>
              <StackedMonths
                span={8}
                title={stacked.title}
                meta={
                  <UnitText
                    text={`CO2e per month, ${words}, by lifecycle stage; the 13 months up to now. Hatched = no figure`}
                  />
                }
                csvName={`${org}-months-by-stage`}
                months={stacked.months}
                note={
                  stacked.gapHours > 0 ? (
                    <PartialNote
                      coveredShare={stacked.knownHours / (stacked.knownHours + stacked.gapHours)}
                      href={ledgerHref(org, view, { ...months, gap: '1' })}
                    />
                  ) : undefined
                }
              />
              <NeedsYou span={4} needs={needs.slice(0, MOST_NEEDS)} more={Math.max(0, needs.length - MOST_NEEDS)} />
              <RankedBars
                span={6}
                title={teams.title}
                meta={
                  <UnitText
                    text={`${teams.unit} CO2e by team, ${words}, and its share, ${view.range.label.toLowerCase()}`}
                  />
                }
                csvName={`${org}-teams`}
                bars={teams.bars}
                itemLabel="Team"
                valueLabel="Emissions"
                unit={`${teams.unit} CO2e`}
                noteLabel="Share"
              />
              <RankedBars
                span={6}
                title={models.title}
                meta={
                  <UnitText
                    text={`${models.unit} CO2e by model, ${words}, and its share, ${view.range.label.toLowerCase()}`}
                  />
                }
                csvName={`${org}-models`}
                bars={models.bars}
                itemLabel="Model"
                valueLabel="Emissions"
                unit={`${models.unit} CO2e`}
                noteLabel="Share"
              />
            </PanelGrid>
          </>
        )}
      </Main>
    </>
  )
}
