import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { LineTrend } from '@/components/charts/line-trend'
import { StackedDays } from '@/components/charts/stacked-days'
import { UnitText } from '@/components/figures/unit-text'
import { CodeBlock } from '@/components/forms/code-block'
import { UnitsUpload } from '@/components/forms/units-upload'
import { addressOf } from '@/components/shell/filter-query'
import { FilterRow } from '@/components/shell/filter-row'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { addDays } from '@/components/shell/range'
import { type Spec, SpecLine } from '@/components/shell/spec-line'
import { Forbidden } from '@/components/states/forbidden'
import { CopyId } from '@/components/ui/copy-id'
import { LinkButton } from '@/components/ui/link-button'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { Segmented } from '@/components/ui/segmented'
import { Status } from '@/components/ui/status'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { freshness } from '@/lib/rollups/freshness'
import { type RunFacts, runFacts } from '@/lib/rollups/run-facts'
import { serviceDays, serviceUnitDays } from '@/lib/rollups/service-days'
import { idleShareOf, serviceParts } from '@/lib/rollups/service-parts'
import { GPU_HOUR, type ServiceSci, sciByDay, serviceSci } from '@/lib/rollups/service-sci'
import { serviceSpread } from '@/lib/rollups/service-spread'
import { filterOptions } from '@/lib/rollups/totals-options'
import { formatPercent } from '@/lib/units/format'
import { massIn, massUnitOf, ratioOf, sumOf } from '../../runs/_shared/amounts'
import { PageTop } from '../../runs/_shared/page-top'
import {
  type AskedParams,
  inRange,
  ledgerHref,
  pageView,
  queryOf,
  utcToday,
  windowBefore,
} from '../../runs/_shared/page-view'
import { counted, shortDay } from '../../runs/_shared/words'
import { originOfRequest } from '../../sources/origin'
import { scaled } from '../_shared/score'
import { unitsSnippet } from '../_shared/snippet'
import { inOrder, perOf, shownUnit, unitWords } from '../_shared/units'
import { PartsTable } from './parts-table'
import { SciBand } from './sci-band'

interface Params {
  org: string
  service: string
}

const DEFAULT_RANGE = '90d'

export async function generateMetadata({ params }: { params: Promise<Params> }): Promise<Metadata> {
  const { org, service } = await params
  const { actor } = await pageAccess(org)
  const facts = await withOrg(actor, (tx) => runFacts(tx, service))
  return { title: facts ? facts.name : 'Service' }
}

const specsOf = (org: string, facts: RunFacts): Spec[] => [
  ...facts.teams.map((team) => ({ label: 'Team', value: team, href: `/o/${org}/teams/${encodeURIComponent(team)}` })),
  ...facts.models.map((model) => ({
    label: 'Model',
    value: model,
    href: `/o/${org}/models/${encodeURIComponent(model)}`,
  })),
  ...facts.sites.map((site) => ({ label: 'Site', value: site.name, href: `/o/${org}/sites/${site.slug}` })),
]

/** The comparable score of two windows: whole where both have it, else operational. */
const changeOf = (now: ServiceSci, before: ServiceSci | null): number | null => {
  if (!before) return null
  const [new_, old] =
    now.grams !== null && before.grams !== null
      ? [now.grams, before.grams]
      : [now.operationalGrams, before.operationalGrams]
  return new_ === null || old === null || old === 0 ? null : new_ / old - 1
}

const trendTitle = (sci: ServiceSci, change: number | null, words: string): string => {
  const per = perOf(sci.unit).words
  if (sci.lacks === 'units') return `Nobody stated its ${unitWords(sci.unit)}: there is no score yet`
  if (change === null) return `What ${per === unitWords(sci.unit) ? '' : 'each '}${per} emitted, day by day`
  const amount = formatPercent(Math.abs(change))
  return Math.abs(change) < 0.005
    ? `As much per ${per} as ${words.replace(/^on /, '')}`
    : `${amount} ${change < 0 ? 'less' : 'more'} per ${per} than ${words}`
}

export default async function Service({
  params,
  searchParams,
}: {
  params: Promise<Params>
  searchParams: Promise<AskedParams>
}) {
  const { org, service: id } = await params
  const path = `/o/${org}/services/${id}`
  const { actor, organization } = await pageAccess(org)
  const asked = await searchParams
  const today = utcToday()
  const page = await withOrg(actor, async (tx) => {
    const facts = await runFacts(tx, id)
    if (!facts?.is_service) return null
    const view = pageView(asked, await filterOptions(tx), { today, defaultKey: DEFAULT_RANGE, keys: [] })
    const before = windowBefore(view.range, today)
    const days = await serviceDays(tx, { ...view.range, service: id })
    const units = await serviceUnitDays(tx, { ...view.range, service: id })
    const everStated = await serviceUnitDays(tx, { from: '2000-01-01', to: '2100-01-01', service: id })
    const comparable = facts.first_day !== null && facts.first_day <= before.from
    const known = [...new Set(everStated.map((one) => one.unit))]
    const unit = shownUnit(queryOf(asked).get('unit'), known)
    const sci = serviceSci(days, units, unit)
    return {
      facts,
      view,
      before,
      days,
      units,
      known,
      unit,
      sci,
      sciBefore: comparable
        ? serviceSci(
            await serviceDays(tx, { ...before, service: id }),
            await serviceUnitDays(tx, { ...before, service: id }),
            unit,
          )
        : null,
      spread: await serviceSpread(tx, id, (sci.whole ?? sci.operational)?.days ?? []),
      parts: await serviceParts(tx, id, view.range),
      fresh: await freshness(tx),
    }
  })
  if (!page) notFound()
  const { facts, view, before, days, units, known, unit, sci, parts, fresh } = page
  const per = perOf(unit)
  const offered = inOrder([...known, GPU_HOUR])
  const byDay = sciByDay(days, units, unit)
  const change = changeOf(sci, page.sciBefore)
  const u95 = page.spread === null ? null : sci.whole ? page.spread.total.u95 : page.spread.location.u95
  const mass = massUnitOf(days.map((day) => day.location_mg))
  const largest = parts[0]
  const whole = sumOf(parts.map((part) => part.location_mg))
  const share = largest ? formatPercent(ratioOf(largest.location_mg, whole)) : null
  const embodiedShare = sci.whole
    ? formatPercent(ratioOf(sci.whole.embodiedMg, (sci.whole.embodiedMg ?? 0n) + sci.whole.locationMg))
    : null
  const hrefOf = (one: string) => {
    const query = new URLSearchParams(view.query)
    query.set('unit', one)
    return addressOf(path, query)
  }
  const lastStated = units.at(-1)
  return (
    <>
      <PageTop
        org={organization}
        freshness={fresh}
        crumbs={[{ label: 'Services', href: `/o/${org}/services` }, { label: facts.name }]}
      />
      <FilterRow today={today} defaultRange={DEFAULT_RANGE} resultText={counted(days.length, 'day')}>
        <Segmented
          label="Functional unit"
          value={unit}
          options={offered.slice(0, 6).map((one) => ({
            value: one,
            label: unitWords(one).replace(/^./, (c) => c.toUpperCase()),
            href: hrefOf(one),
          }))}
        />
      </FilterRow>
      <Main>
        <PageHeader
          title={<span className="break-words">{facts.name}</span>}
          status={<Status tone="plain">SCI-for-AI, consumer boundary</Status>}
          subtitle={
            days.length > 0
              ? `Operation and monitoring; ${counted(days.length, 'day')} read ${inRange(view.range)}`
              : `Not read ${inRange(view.range)}`
          }
          actions={<LinkButton href={`/o/${org}/runs/${id}`}>Energy and evidence</LinkButton>}
        >
          <div className="flex flex-wrap items-center gap-x-5 gap-y-1">
            <CopyId id={id} short={`svc_${id.replaceAll('-', '').slice(0, 12)}…`} />
            <SpecLine specs={specsOf(org, facts)} />
          </div>
        </PageHeader>
        {days.length === 0 ? (
          <Panel title={`Not read: ${view.range.label}`}>
            <p className="py-3 text-muted">
              {facts.last_day
                ? `Its last reading is of ${shortDay(facts.last_day, today)}: choose an earlier range.`
                : 'Its figures appear here within seconds of its first readings.'}
            </p>
          </Panel>
        ) : (
          <>
            <SciBand
              id={id}
              sci={sci}
              window={{ from: view.range.from, to: view.range.to }}
              hardware={[...new Set(parts.flatMap((part) => part.hardware ?? []))]}
              u95={u95}
              change={
                change === null
                  ? null
                  : { ratio: change, words: before.words, withinUncertainty: u95 !== null && Math.abs(change) < u95 }
              }
              idleShare={idleShareOf(parts)}
              byDay={byDay.map((day) => day.grams ?? day.operationalGrams)}
              provisional={days.some((day) => day.provisional)}
            />
            <PanelGrid>
              <LineTrend
                span={7}
                title={trendTitle(sci, change, before.words)}
                meta={
                  <UnitText
                    text={`g CO2e per ${per.words}, location-based, by UTC day; hatched = its units or emissions are not known`}
                  />
                }
                csvName={`${org}-${facts.name}-sci`}
                unit="g"
                points={byDay.map((day) => ({
                  at: day.day,
                  values: {
                    whole: scaled(day.grams, unit),
                    operational: scaled(day.operationalGrams, unit),
                  },
                }))}
                lines={
                  sci.whole
                    ? [
                        { key: 'whole', label: 'SCI', tone: 'ink' },
                        { key: 'operational', label: 'operational', tone: 'ghost' },
                      ]
                    : [{ key: 'operational', label: 'operational', tone: 'ink' }]
                }
              />
              <StackedDays
                span={5}
                title={
                  embodiedShare
                    ? `Hardware is ${embodiedShare} of its emissions`
                    : 'Operational emissions; its hardware is not known'
                }
                meta={<UnitText text={`${mass} CO2e a day: O, location-based, and M, amortised hardware`} />}
                csvName={`${org}-${facts.name}-o-and-m`}
                unit={mass}
                height_px={250}
                layers={[
                  { key: 'embodied', label: 'Embodied, M', color: 'var(--stage-embodied)' },
                  { key: 'operational', label: 'Operational, O', color: 'var(--stage-inference)' },
                ]}
                days={byDay.map((day) => ({
                  day: day.day,
                  values: { operational: massIn(day.locationMg, mass), embodied: massIn(day.embodiedMg, mass) },
                  provisional: day.provisional,
                }))}
              />
              <Panel
                title={
                  share && parts.length > 1
                    ? `${largest?.site ?? largest?.zone ?? 'One place'} makes ${share} of it`
                    : 'One place serves it'
                }
                meta={`Of all hours ${inRange(view.range)}, whether or not their units are known`}
                tools={
                  <LinkButton href={ledgerHref(org, view, { run: id })} size={26}>
                    Ledger lines
                  </LinkButton>
                }
              >
                <PartsTable org={org} parts={parts} />
              </Panel>
              <Panel
                span={7}
                title={
                  lastStated
                    ? `Units are known up to ${shortDay(lastStated.day, today)}`
                    : 'A score needs to know what was delivered'
                }
                meta="One count a UTC day and unit; the last statement stands, and the same again changes nothing"
              >
                <CodeBlock
                  label="Example request"
                  code={unitsSnippet(
                    await originOfRequest(),
                    facts.name,
                    unit === GPU_HOUR ? 'request' : unit,
                    addDays(today, -1),
                  )}
                />
              </Panel>
              <Panel
                span={5}
                title="Enter units by file"
                meta="Service or run, day, unit, count; checked before it is stored"
              >
                {isAllowed(actor, 'model:edit') ? <UnitsUpload org={org} /> : <Forbidden needs="ml or analyst" />}
              </Panel>
            </PanelGrid>
          </>
        )}
      </Main>
    </>
  )
}
