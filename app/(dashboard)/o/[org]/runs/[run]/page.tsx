import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { SyncedPanels } from '@/components/charts/synced-panels'
import { Delta } from '@/components/figures/delta'
import { GapNote } from '@/components/figures/gap-note'
import { KpiBand } from '@/components/figures/kpi-band'
import type { Tier } from '@/components/figures/tier-mark'
import { UnitText } from '@/components/figures/unit-text'
import { RunForm } from '@/components/forms/run-form'
import { addressOf } from '@/components/shell/filter-query'
import { FilterRow } from '@/components/shell/filter-row'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { addDays, resolveRange } from '@/components/shell/range'
import { type Spec, SpecLine } from '@/components/shell/spec-line'
import { Forbidden } from '@/components/states/forbidden'
import { CopyId } from '@/components/ui/copy-id'
import { LinkButton } from '@/components/ui/link-button'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { Status } from '@/components/ui/status'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { type FigureRatioName, figureAddress, figureRatioAddress } from '@/lib/contracts/explain'
import { withOrg } from '@/lib/db/with-org'
import { freshness } from '@/lib/rollups/freshness'
import { afterInstruments, instrumentEffectBy } from '@/lib/rollups/instrument-effect'
import { runEvidence } from '@/lib/rollups/run-evidence'
import { runExtras } from '@/lib/rollups/run-extras'
import { runFactors } from '@/lib/rollups/run-factors'
import { type RunFacts, runFacts } from '@/lib/rollups/run-facts'
import { type RunHour, runHours } from '@/lib/rollups/run-hours'
import { runLines } from '@/lib/rollups/run-lines'
import { runReadings } from '@/lib/rollups/run-power'
import { runSpread } from '@/lib/rollups/run-spread'
import { runSums } from '@/lib/rollups/run-sums'
import { runUnits } from '@/lib/rollups/run-units'
import { type RunWork, runWork } from '@/lib/rollups/run-work'
import {
  formatEnergy,
  formatIntensity,
  formatMass,
  formatPercent,
  formatRatio,
  type MassUnit,
} from '@/lib/units/format'
import { HOUR } from '@/lib/units/time'
import { peaksOf } from '../../models/_shared/peaks'
import { halfOf, percentFigure } from '../_shared/amounts'
import { PageTop } from '../_shared/page-top'
import { type AskedParams, queryOf, utcToday } from '../_shared/page-view'
import { counted, deploymentWords, gapToDo, gapWords, shortInstant, stageWords } from '../_shared/words'
import { ExplainSum } from './explain-sum'
import { ExtrasBand } from './extras-band'
import { type FinePower, runChart } from './run-chart'
import { BatchesTable, FactorsTable, LinesTable, MetersTable } from './run-tables'
import { UnitsPanel } from './units-panel'

interface Params {
  org: string
  run: string
}

export async function generateMetadata({ params }: { params: Promise<Params> }): Promise<Metadata> {
  const { org, run } = await params
  const { actor } = await pageAccess(org)
  const facts = await withOrg(actor, (tx) => runFacts(tx, run))
  return { title: facts ? facts.name : 'Run' }
}

/** Longer than this a run is shown by a range, as services are. */
const WHOLE_UP_TO_DAYS = 92
const MOST_LINES = 100
const MOST_BATCHES = 12
/** Decoding is for single runs and not for a year of a service. */
const MOST_DECODED = 300_000
const FINE_UP_TO = 48 * HOUR

const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / (24 * HOUR)

const specsOf = (org: string, facts: RunFacts): Spec[] => [
  ...facts.teams.map((team) => ({ label: 'Team', value: team, href: `/o/${org}/teams/${encodeURIComponent(team)}` })),
  ...facts.models.map((model) => ({
    label: 'Model',
    value: model,
    href: `/o/${org}/models/${encodeURIComponent(model)}`,
  })),
  ...facts.sites.map((site) => ({ label: 'Site', value: site.name, href: `/o/${org}/sites/${site.slug}` })),
  ...facts.zones.map((zone) => ({ label: 'Zone', value: zone, href: `/o/${org}/grid/${zone}` })),
  ...facts.cloud_regions.map((region) => ({ label: 'Region', value: region })),
  ...(facts.is_service ? [] : facts.services.map((service) => ({ label: 'Service', value: service }))),
]

const subtitleOf = (facts: RunFacts, today: string): string => {
  const what = [
    facts.stages.map(stageWords).join(', '),
    facts.hardware.join(', '),
    facts.deployments.map(deploymentWords).join(', '),
  ].filter(Boolean)
  const when =
    facts.first_at && facts.last_at
      ? `${shortInstant(facts.first_at, today)} to ${shortInstant(facts.last_at, today)} UTC`
      : 'not read yet'
  return `${what.join('; ')}; ${when}`
}

const outcomeTitle = (work: RunWork | null): string => {
  if (work?.outcome == null) return 'Nobody said how it ended'
  const work_ =
    work.flops === null
      ? ''
      : work.mfu === null
        ? '; its work is known'
        : `; it used ${formatPercent(work.mfu)} of its peak`
  return `It ${work.outcome === 'completed' ? 'was completed' : work.outcome === 'failed' ? 'failed' : 'was given up'}${work_}`
}

/** What of the run is drawn: from its first to its last reading, inside the window. */
const drawnOf = (facts: RunFacts, hours: RunHour[], window: { from: string; to: string }) => {
  const first = hours[0] ? Date.parse(hours[0].at) : Date.parse(window.from)
  const last = hours.at(-1) ? Date.parse((hours.at(-1) as RunHour).at) + HOUR : first + HOUR
  const start = facts.first_at ? Math.max(Date.parse(facts.first_at), first) : first
  const end = facts.last_at ? Math.min(Date.parse(facts.last_at), last) : last
  return { start, end: Math.max(end, start + 60_000) }
}

export default async function Run({
  params,
  searchParams,
}: {
  params: Promise<Params>
  searchParams: Promise<AskedParams>
}) {
  const { org, run } = await params
  const { actor, organization } = await pageAccess(org)
  const asked = queryOf(await searchParams)
  const today = utcToday()
  const peakOf = await peaksOf(actor.orgId)
  const page = await withOrg(actor, async (tx) => {
    const facts = await runFacts(tx, run)
    if (!facts) return null
    const whole = { from: facts.first_day ?? today, to: addDays(facts.last_day ?? today, 1) }
    const ranged = daysBetween(whole.from, whole.to) > WHOLE_UP_TO_DAYS
    const range = resolveRange(
      { range: asked.get('range'), from: asked.get('from'), to: asked.get('to') },
      { today, defaultKey: '30d' },
    )
    const window = ranged ? { from: range.from, to: range.to } : whole
    return {
      facts,
      ranged,
      range,
      window,
      hours: await runHours(tx, run, window),
      factors: await runFactors(tx, run, window),
      lines: await runLines(tx, run, { ...window, limit: MOST_LINES + 1 }),
      extras: await runExtras(tx, run, window),
      effectMg: (await instrumentEffectBy(tx, window, 'run')).get(run),
      spread: await runSpread(tx, run, window),
      units: facts.is_service ? [] : await runUnits(tx, run),
      work: facts.is_service ? null : ((await runWork(tx, { run }, peakOf))[0] ?? null),
      evidence: await runEvidence(tx, run, { ...window, limit: MOST_BATCHES }),
      fresh: await freshness(tx),
    }
  })
  if (!page) notFound()
  const { facts, ranged, range, window, hours, factors, evidence, fresh } = page
  const sums = runSums(hours)
  const drawn = drawnOf(facts, hours, window)
  const readingsNamed = evidence.meters.reduce((all, meter) => all + meter.readings_in_batches, 0)
  const readings =
    evidence.meters.length > 0 && readingsNamed <= MOST_DECODED
      ? await runReadings(actor.orgId, { workloadId: run, window, days: evidence.days, meters: evidence.meters })
      : null
  const fine: FinePower | null =
    readings && drawn.end - drawn.start <= FINE_UP_TO
      ? (() => {
          const step_ms = drawn.end - drawn.start <= 8 * HOUR ? 60_000 : 300_000
          const start = Math.floor(drawn.start / step_ms) * step_ms
          return { step_ms, steps: readings.power({ start, end: drawn.end, step_ms }) }
        })()
      : null
  const chart = runChart(hours, drawn, fine)
  const ledger = addressOf(`/o/${org}/ledger`, new URLSearchParams({ run, ...window }))
  const gapLedger = addressOf(`/o/${org}/ledger`, new URLSearchParams({ run, ...window, gap: '1' }))

  const mass = formatMass(sums.locationMg)
  const facility = formatEnergy(sums.facilityUwh)
  const it = formatEnergy(sums.itUwh)
  const experienced = formatIntensity(sums.experiencedGPerKwh)
  const coverage = percentFigure(sums.coverage)
  const why = sums.gaps[0] ? `No hour has a figure: ${gapWords(sums.gaps[0].reason)}` : 'No hour has a figure'
  const ratio = (name: FigureRatioName, value: number | null) =>
    value === null ? {} : { explain: figureRatioAddress(name, window, { run }), exact: String(value) }
  const against =
    sums.experiencedGPerKwh !== null && sums.meanGPerKwh !== null && sums.meanGPerKwh > 0
      ? sums.experiencedGPerKwh / sums.meanGPerKwh - 1
      : null
  const tier = sums.intensityTier as Tier | null
  const overheads = factors.filter((factor) => factor.kind === 'overhead')
  const overhead = overheads[0]
  const weakest = overheads.reduce(
    (worst, one) => (one.tier > worst.tier ? one : worst),
    overheads[0] ?? { tier: 0, name: '', hours: 0 },
  )
  const live = facts.last_at !== null && Date.parse(fresh.now) - Date.parse(facts.last_at) < HOUR
  const step = chart.step_minutes < 60 ? `${chart.step_minutes} min` : `${chart.step_minutes / 60} h`
  const meta =
    chart.step_minutes > 60
      ? `Means of ${step}`
      : chart.step_minutes === 60
        ? 'Hourly means'
        : `Power every ${step}, grid intensity and emissions hourly`
  const lines = page.lines.slice(0, MOST_LINES)
  const readCount = readings ? [...readings.counts.values()].reduce((all, count) => all + count, 0) : null
  return (
    <>
      <PageTop
        org={organization}
        freshness={fresh}
        crumbs={[{ label: 'Runs', href: `/o/${org}/runs` }, { label: facts.name }]}
      />
      {ranged && <FilterRow today={today} defaultRange="30d" resultText={counted(hours.length, 'hour')} />}
      <Main>
        <PageHeader
          title={<span className="break-words">{facts.name}</span>}
          status={
            facts.is_service ? (
              <Status tone="plain">Service</Status>
            ) : live ? (
              <Status tone="running">Running</Status>
            ) : facts.last_at === null ? (
              <Status tone="plain">Not read yet</Status>
            ) : page.work?.outcome === 'failed' || page.work?.outcome === 'abandoned' ? (
              <Status tone="breach">{page.work.outcome === 'failed' ? 'Failed' : 'Abandoned'}</Status>
            ) : (
              <Status tone="verified">{page.work?.outcome === 'completed' ? 'Completed' : 'Finished'}</Status>
            )
          }
          subtitle={subtitleOf(facts, today)}
          actions={<LinkButton href={ledger}>Ledger lines</LinkButton>}
        >
          <div className="flex flex-wrap items-center gap-x-5 gap-y-1">
            <CopyId id={run} short={`run_${run.replaceAll('-', '').slice(0, 12)}…`} />
            <SpecLine specs={specsOf(org, facts)} />
          </div>
        </PageHeader>
        <KpiBand
          hero={{
            label: ranged ? `Emissions, location-based, ${range.label.toLowerCase()}` : 'Total, location-based',
            value: mass?.value ?? null,
            unit: mass ? `${mass.unit} CO2e` : undefined,
            interval: mass ? halfOf(page.spread?.location ?? null, mass.unit as MassUnit) : null,
            why,
            explain: sums.locationMg === null ? undefined : figureAddress('location', window, { run }),
            exact: sums.locationMg,
            tier,
            tierOf: 'intensity',
            provisional: sums.provisional,
            note:
              sums.screeningMg > 0n
                ? 'a screening figure: life-cycle average, kept out of Scope 2'
                : sums.locationMg === null
                  ? why
                  : `${counted(hours.filter((hour) => hour.location_mg !== null).length, 'hour')} with a figure`,
          }}
          items={[
            {
              label: 'Energy, facility',
              value: facility?.value ?? null,
              unit: facility?.unit,
              why: 'No energy is known',
              explain: sums.facilityUwh === null ? undefined : figureAddress('facility', window, { run }),
              exact: sums.facilityUwh,
              tier: sums.energyTier as Tier | null,
              tierOf: 'energy',
              tierMeaning: 'the weakest of its hours',
              note: it ? `${it.value}\u202f${it.unit} IT` : undefined,
            },
            {
              label: 'Grid experienced',
              value: experienced?.value ?? null,
              unit: experienced?.unit,
              why,
              ...ratio('intensity', sums.experiencedGPerKwh),
              tier,
              tierOf: 'intensity',
              note:
                against === null ? undefined : Math.abs(against) < 0.0005 ? (
                  `as the zone mean of those hours, ${formatIntensity(sums.meanGPerKwh)?.value}`
                ) : (
                  <Delta
                    direction={against > 0 ? 'up' : 'down'}
                    amount={formatPercent(Math.abs(against)) ?? ''}
                    words={`on the zone mean, ${formatIntensity(sums.meanGPerKwh)?.value}`}
                  />
                ),
            },
            {
              label: 'PUE applied',
              value: formatRatio(sums.pue),
              why: 'The energy was read with its overhead inside',
              ...ratio('pue', sums.pue),
              tier: sums.overheadTier as Tier | null,
              tierOf: 'overhead',
              tierMeaning: `${weakest.name}, ${counted(weakest.hours, 'hour')}`,
              note: overheads.length > 1 ? `mostly ${overhead?.name}` : overhead?.name,
            },
            {
              label: 'Coverage',
              ...coverage,
              why: 'No interval between readings',
              ...ratio('coverage', sums.coverage),
              note:
                sums.gaps.length === 0 ? (
                  'every hour has a figure'
                ) : (
                  <Link href={gapLedger}>
                    {sums.gaps.map((gap) => `${counted(gap.hours, 'hour')}: ${gapWords(gap.reason)}`).join('; ')}
                  </Link>
                ),
            },
          ]}
        />
        <ExtrasBand
          run={run}
          window={window}
          extras={page.extras}
          marketMg={afterInstruments(page.extras.market_mg, page.effectMg)}
          effectMg={page.effectMg}
          work={page.work}
          isService={facts.is_service}
        />
        <PanelGrid>
          {hours.length > 0 ? (
            <SyncedPanels
              title={chart.title}
              meta={
                <UnitText
                  text={`${meta}; UTC. Hatched power = no reading or filled; hatched intensity = not measured hourly`}
                />
              }
              csvName={`${org}-run-${run}`}
              points={chart.points}
              step_minutes={chart.step_minutes}
              powerLabel={chart.powerLabel}
              gridLabel={facts.zones.length === 1 ? `Grid ${facts.zones[0]}` : 'Grid'}
              zoneMean_g_per_kwh={sums.meanGPerKwh}
              notes={chart.notes}
              note={sums.gaps.map((gap) => (
                <GapNote key={gap.reason} href={gapLedger} linkLabel="Show them">
                  {counted(gap.hours, 'hour')} without a figure: {gapWords(gap.reason)} ({gapToDo(gap.reason)}).
                </GapNote>
              ))}
            />
          ) : (
            <Panel title={ranged ? `Not read ${range.label.toLowerCase()}` : 'Not read yet'}>
              <p className="py-3 text-muted">
                {facts.last_at
                  ? `Its last reading is of ${shortInstant(facts.last_at, today)} UTC: choose an earlier range.`
                  : 'Its readings appear here within seconds of their arrival.'}
              </p>
            </Panel>
          )}
          <Panel
            span={5}
            title={mass ? `How ${mass.value}\u202f${mass.unit} comes about` : 'Why there is no figure'}
            meta="Sums of exact hourly integers; ratios are energy-weighted. Multiply to check"
          >
            <span id="explain" className="absolute -top-4" />
            <ExplainSum sums={sums} ledgerHref={ledger} />
          </Panel>
          <Panel
            span={7}
            title={`${counted(factors.length, 'factor version')} behind it`}
            meta="Each as it was applied; hours are entry-hours"
          >
            <FactorsTable factors={factors} />
          </Panel>
          <UnitsPanel units={page.units} extras={page.extras} today={today} />
          {!facts.is_service && (
            <Panel
              title={outcomeTitle(page.work)}
              meta="Said by hand of the whole run. What failed stays in every total, and stands apart in the model’s life"
            >
              {isAllowed(actor, 'model:edit') ? (
                <RunForm
                  key={JSON.stringify(page.work?.outcome ?? null) + String(page.work?.flops)}
                  org={org}
                  run={run}
                  fields={{
                    outcome: page.work?.outcome ?? null,
                    flops: page.work?.flops ?? null,
                    flops_source: page.work?.flops_source ?? null,
                    tokens: page.work?.tokens ?? null,
                  }}
                />
              ) : (
                <Forbidden needs="ml or analyst" />
              )}
            </Panel>
          )}
          <Panel
            title={`${page.lines.length > MOST_LINES ? `The newest ${MOST_LINES}` : counted(lines.length, 'ledger line')}${page.lines.length > MOST_LINES ? ' ledger lines' : ''} ${lines.length === 1 ? 'holds' : 'hold'} the figure`}
            meta="One line a UTC day and context; settled lines are append-only"
            tools={
              <LinkButton href={ledger} size={26}>
                Open in the ledger
              </LinkButton>
            }
          >
            <LinesTable org={org} lines={lines} today={today} />
          </Panel>
          <Panel
            span={12}
            title={
              readCount === null
                ? `${counted(evidence.meters.length, 'meter')} gave the evidence`
                : `${counted(readCount, 'reading')} from ${counted(evidence.meters.length, 'meter')} ${readCount === 1 ? 'is' : 'are'} the evidence`
            }
            meta="Raw readings are kept as the meter gave them"
          >
            <MetersTable meters={evidence.meters} counts={readings?.counts ?? null} today={today} />
          </Panel>
          <Panel
            span={12}
            title={
              evidence.batches.length < MOST_BATCHES
                ? `They arrived in ${counted(evidence.batches.length, 'request')}`
                : `The newest ${MOST_BATCHES} requests`
            }
            meta="Each stored once under its digest, never changed"
          >
            <BatchesTable batches={evidence.batches} today={today} />
          </Panel>
        </PanelGrid>
      </Main>
    </>
  )
}
