import type { ReactNode } from 'react'
import { RankedBars } from '@/components/charts/ranked-bars'
import { StackedMonths } from '@/components/charts/stacked-months'
import { type DisplayStage, displayStage, STAGE_LABEL, STAGE_ORDER } from '@/components/charts/stages'
import { ProvisionalMark } from '@/components/figures/provisional-mark'
import { type Tier, TierMark } from '@/components/figures/tier-mark'
import { UnitText } from '@/components/figures/unit-text'
import { FilterRow } from '@/components/shell/filter-row'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import type { Cell, Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { pageAccess } from '@/lib/auth/page'
import type { ExplainedMeasure } from '@/lib/contracts/explain'
import { withOrg } from '@/lib/db/with-org'
import { UNASSIGNED } from '@/lib/rollups/cube-filter'
import { freshness } from '@/lib/rollups/freshness'
import { afterInstruments, instrumentEffectBy } from '@/lib/rollups/instrument-effect'
import { runsBy } from '@/lib/rollups/runs'
import { instrumentStagesByMonth, marketStages, stagesByMonth } from '@/lib/rollups/stages-by-month'
import { type NamedTotals, type StagedTotals, totals, totalsBy, totalsByStage, totalsSpan } from '@/lib/rollups/totals'
import { filterOptions } from '@/lib/rollups/totals-options'
import { type Spread, totalsSpread } from '@/lib/rollups/totals-spread'
import { formatCount, formatMass, formatPercent } from '@/lib/units/format'
import { coverageOf, energyIn, energyUnitOf, halfOf, massIn, massUnitOf, middleTier, ratioOf, sumOf } from './amounts'
import { NoMatch, NoReadings } from './empty'
import { inMethod, METHOD_WORDS } from './in-method'
import { MethodSwitch } from './method-switch'
import { PageTop } from './page-top'
import {
  type AskedParams,
  explainOf,
  explainRatio,
  explainShare,
  inRange,
  type PageView,
  pageView,
  utcToday,
} from './page-view'
import { rankedView } from './ranked'
import type { NamedKind } from './require-name'
import { monthsView, thirteenMonths } from './stage-months'
import { counted } from './words'

const WORDS = {
  team: { title: 'Teams', one: 'team', many: 'teams', head: 'Team', path: 'teams' },
  model: { title: 'Models', one: 'model', many: 'models', head: 'Model', path: 'models' },
} as const

const KEYS = {
  team: ['model', 'site', 'stage', 'deployment', 'zone'],
  model: ['team', 'site', 'stage', 'deployment', 'zone'],
} as const

const groupOf = (stage: string | null): DisplayStage =>
  stage === null ? 'unassigned' : (displayStage(stage) ?? 'unassigned')

/** Name → display stage → exact mass. */
const stagesOf = (rows: StagedTotals[]): Map<string | null, Map<DisplayStage, bigint | null>> => {
  const all = new Map<string | null, Map<DisplayStage, bigint | null>>()
  for (const { name, stage, location_mg } of rows) {
    const groups = all.get(name) ?? new Map<DisplayStage, bigint | null>()
    all.set(name, groups)
    groups.set(groupOf(stage), sumOf([groups.get(groupOf(stage)) ?? null, location_mg]))
  }
  return all
}

function ListTable({
  org,
  kind,
  rows,
  staged,
  runs,
  view,
  effects,
  spread,
}: {
  org: string
  kind: NamedKind
  view: PageView
  effects: ReadonlyMap<string | null, bigint>
  spread: Spread
  rows: NamedTotals[]
  staged: StagedTotals[]
  runs: { name: string | null; runs: number }[]
}) {
  const words = WORDS[kind]
  const stages = stagesOf(staged)
  const present = STAGE_ORDER.filter((stage) => [...stages.values()].some((groups) => groups.has(stage)))
  const mass = massUnitOf(rows.map((row) => row.location_mg))
  const energy = energyUnitOf(rows.map((row) => row.facility_uwh))
  const whole = sumOf(rows.map((row) => row.location_mg))
  const runsOf = new Map(runs.map((row) => [row.name, row.runs]))
  const columns: Column[] = [
    { key: 'name', label: words.head },
    { key: 'runs', label: 'Runs', align: 'right', plain: 'count' },
    ...present.map((stage): Column => ({ key: stage, label: STAGE_LABEL[stage], unit: mass, align: 'right' })),
    { key: 'total', label: 'Total', unit: `${mass} CO2e`, align: 'right' },
    { key: 'interval', label: '±', unit: mass, align: 'right', plain: 'beside' },
    { key: 'share', label: 'Share', align: 'right' },
    { key: 'market', label: 'Market-based', unit: mass, align: 'right' },
    { key: 'upstream', label: 'Upstream, losses', unit: mass, align: 'right' },
    { key: 'embodied', label: 'Embodied', unit: mass, align: 'right' },
    { key: 'energy', label: 'Facility', unit: energy, align: 'right' },
    { key: 'coverage', label: 'Coverage', align: 'right' },
    { key: 'grade', label: 'Grade', align: 'right', plain: 'beside' },
    { key: 'status', label: 'Status' },
  ]
  const stagesNamed = (stage: DisplayStage): string[] => [
    ...new Set(staged.flatMap((row) => (groupOf(row.stage) === stage ? [row.stage ?? UNASSIGNED] : []))),
  ]
  const named = (name: string | null | undefined) => (name === undefined ? {} : { [kind]: name ?? UNASSIGNED })
  /** A filter of the page by stage says which stages a column may hold. */
  const asked = view.filter.stage
  const massCell = (
    measure: ExplainedMeasure,
    mg: bigint | null,
    of: { name?: string | null; stage?: DisplayStage } = {},
    why?: string,
  ): Cell =>
    mg === null
      ? { text: null, why }
      : {
          sort: massIn(mg, mass),
          exact: mg,
          explain: explainOf(view, measure, {
            ...named(of.name),
            ...(of.stage === undefined
              ? {}
              : { stage: stagesNamed(of.stage).filter((stage) => !asked || asked.includes(stage)) }),
          }),
        }
  const energyCell = (uwh: bigint | null, name?: string | null): Cell =>
    uwh === null ? null : { sort: energyIn(uwh, energy), exact: uwh, explain: explainOf(view, 'facility', named(name)) }
  const stageCell = (mg: bigint | null | undefined, name: string | null, stage: DisplayStage): Cell =>
    mg === undefined
      ? { nothing: 'not-applicable', why: 'No energy in this stage' }
      : massCell('location', mg, { name, stage })
  const share = (mg: bigint | null, name: string | null): Cell =>
    mg === null || whole === null
      ? null
      : {
          text: formatPercent(ratioOf(mg, whole)),
          sort: ratioOf(mg, whole),
          explain: explainShare(view, kind, name ?? UNASSIGNED),
        }
  const marketOf = (row: NamedTotals) => afterInstruments(row.market_mg, effects.get(row.name))
  const marketCell = (row: NamedTotals): Cell => {
    const mg = marketOf(row)
    return mg === null
      ? { text: null, why: 'No hour has a market-based figure' }
      : {
          sort: massIn(mg, mass),
          exact: mg,
          explain: explainOf(view, 'market', { [kind]: row.name ?? UNASSIGNED }),
        }
  }
  const tableRows: Row[] = rows.map((row) => {
    const tier = middleTier(row)
    return {
      id: row.name ?? '·unassigned',
      cells: {
        name: {
          text: row.name ?? 'Unassigned',
          href: `/o/${org}/${words.path}/${encodeURIComponent(row.name ?? UNASSIGNED)}`,
          why: row.name === null ? `Energy that names no ${words.one}` : undefined,
        },
        runs: { text: formatCount(runsOf.get(row.name) ?? 0), sort: runsOf.get(row.name) ?? 0 },
        ...Object.fromEntries(
          present.map((stage) => [stage, stageCell(stages.get(row.name)?.get(stage), row.name, stage)]),
        ),
        total:
          row.location_mg === null
            ? { text: null, why: 'No hour has a figure' }
            : {
                sort: massIn(row.location_mg, mass),
                exact: row.location_mg,
                explain: explainOf(view, 'location', { [kind]: row.name ?? UNASSIGNED }),
              },
        interval: {
          text: halfOf(spread.of('location', row.location_mg, { [kind]: row.name }), mass),
          why: 'No figure',
        },
        market: marketCell(row),
        upstream: massCell(
          'before',
          sumOf([row.loss_mg, row.upstream_mg]),
          { name: row.name },
          'No loss or upstream factor is known',
        ),
        embodied:
          row.embodied_mg === null
            ? { text: null, why: 'Names no hardware with an embodied value' }
            : {
                sort: massIn(row.embodied_mg, mass),
                exact: row.embodied_mg,
                explain: explainOf(view, 'embodied', { [kind]: row.name ?? UNASSIGNED }),
              },
        share: share(row.location_mg, row.name),
        energy: energyCell(row.facility_uwh, row.name),
        coverage: {
          text: formatPercent(coverageOf(row)),
          sort: coverageOf(row),
          explain: coverageOf(row) === null ? undefined : explainRatio(view, 'coverage', named(row.name)),
        },
        grade:
          tier === null
            ? { text: null, why: 'Nothing to grade' }
            : {
                text: String(tier),
                sort: tier,
                node: (
                  <TierMark
                    tier={tier as Tier}
                    of="figure"
                    meaning="half of the mass is graded so or better"
                    className="ml-auto"
                  />
                ),
              },
        status: row.provisional ? { text: 'provisional', node: <ProvisionalMark /> } : { text: 'settled', muted: true },
      },
    }
  })
  const stageTotal = (stage: DisplayStage) => sumOf([...stages.values()].map((groups) => groups.get(stage) ?? null))
  return (
    <DataTable
      caption={words.title}
      columns={columns}
      rows={tableRows}
      total={{
        id: 'total',
        cells: {
          name: 'Total',
          ...Object.fromEntries(present.map((stage) => [stage, massCell('location', stageTotal(stage), { stage })])),
          total: massCell('location', whole),
          interval: { text: halfOf(spread.of('location', whole), mass) },
          market: massCell('market', sumOf(rows.map(marketOf))),
          upstream: massCell('before', sumOf(rows.flatMap((row) => [row.loss_mg, row.upstream_mg]))),
          embodied: massCell('embodied', sumOf(rows.map((row) => row.embodied_mg))),
          share: { text: whole === null || whole === 0n ? null : '100\u202f%', plain: 'beside' },
          energy: energyCell(sumOf(rows.map((row) => row.facility_uwh))),
        },
      }}
    />
  )
}

/** Teams or models: ranked, then a table whose stages, rows and total are sums of the same exact amounts. */
export async function DimensionList({
  org,
  kind,
  asked,
  children,
}: {
  org: string
  kind: NamedKind
  asked: AskedParams
  /** Panels that do not follow the range, before those that do. */
  children?: ReactNode
}) {
  const words = WORDS[kind]
  const path = `/o/${org}/${words.path}`
  const { actor, organization } = await pageAccess(org)
  const today = utcToday()
  const months = thirteenMonths(today)
  const page = await withOrg(actor, async (tx) => {
    const view = pageView(asked, await filterOptions(tx), { today, defaultKey: '30d', keys: KEYS[kind] })
    return {
      view,
      all: await totals(tx, view.filter),
      rows: await totalsBy(tx, view.filter, kind),
      staged: await totalsByStage(tx, view.filter, kind),
      runs: await runsBy(tx, view.filter, kind),
      months: await stagesByMonth(tx, { ...view.filter, ...months }),
      effects: await instrumentEffectBy(tx, view.filter, kind),
      effectsByMonth: view.method === 'mb' ? await instrumentStagesByMonth(tx, { ...view.filter, ...months }) : null,
      spread: await totalsSpread(tx, view.filter),
      span: await totalsSpan(tx, view.filter),
      fresh: await freshness(tx),
    }
  })
  const { view, all, rows, fresh } = page
  const mass = formatMass(all.location_mg)
  const named = rows.filter((row) => row.name !== null).length
  const { method } = view
  const stacked = monthsView(page.effectsByMonth ? marketStages(page.months, page.effectsByMonth) : page.months, months)
  const ranked = rankedView(inMethod(rows, page.effects, method), {
    most: 8,
    what: words,
    hrefOf: (name) => `${path}/${encodeURIComponent(name)}`,
  })
  return (
    <>
      <PageTop org={organization} freshness={fresh} crumbs={[{ label: words.title }]} />
      <FilterRow today={today} fields={view.fields} resultText={counted(named, words.one)}>
        <MethodSwitch path={path} asked={asked} method={method} />
      </FilterRow>
      <Main>
        <PageHeader
          title={words.title}
          subtitle={
            all.days > 0 ? (
              <UnitText
                text={`${counted(named, words.one)} ${inRange(view.range)}${mass ? `, ${mass.value}\u202f${mass.unit} CO2e, location-based` : ''}`}
              />
            ) : undefined
          }
        />
        {fresh.telemetry_at === null ? (
          <NoReadings org={org} what={`A ${words.one} appears here as soon as readings name it.`} />
        ) : all.days === 0 ? (
          <NoMatch what={words.many} path={path} view={view} span={page.span} />
        ) : (
          <PanelGrid>
            {children}
            <StackedMonths
              span={7}
              title={stacked.title}
              meta={
                <UnitText
                  text={`CO2e per month, ${METHOD_WORDS[method]}, by lifecycle stage; the 13 months up to now`}
                />
              }
              csvName={`${org}-${words.path}-months`}
              months={stacked.months}
            />
            <RankedBars
              span={5}
              title={ranked.title}
              meta={
                <UnitText
                  text={`${ranked.unit} CO2e, ${METHOD_WORDS[method]}, and share; ${view.range.label.toLowerCase()}`}
                />
              }
              csvName={`${org}-${words.path}`}
              bars={ranked.bars}
              itemLabel={words.head}
              valueLabel="Emissions"
              unit={`${ranked.unit} CO2e`}
              noteLabel="Share"
            />
            <Panel
              title={`Every ${words.one} by lifecycle stage`}
              meta="Stages and total location-based, ± at 95 %; market-based is after instruments and never added; embodied is amortised. Adaptation = fine-tuning and evaluation; n/a = no energy in that stage; grade = tier of the middle kilogram"
            >
              <ListTable
                org={org}
                kind={kind}
                view={view}
                rows={rows}
                staged={page.staged}
                runs={page.runs}
                effects={page.effects}
                spread={page.spread}
              />
            </Panel>
          </PanelGrid>
        )}
      </Main>
    </>
  )
}
