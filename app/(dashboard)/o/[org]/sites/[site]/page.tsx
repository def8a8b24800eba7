import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { LineTrend } from '@/components/charts/line-trend'
import { RankedBars } from '@/components/charts/ranked-bars'
import { GapNote } from '@/components/figures/gap-note'
import { Measurements } from '@/components/forms/measurements'
import { MeterRegister } from '@/components/forms/meter-register'
import { SiteForm } from '@/components/forms/site-form'
import { FilterRow } from '@/components/shell/filter-row'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { addDays, resolveRange } from '@/components/shell/range'
import { type Spec, SpecLine } from '@/components/shell/spec-line'
import { Forbidden } from '@/components/states/forbidden'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { registeredMeters } from '@/lib/registry/meters'
import { siteMeasurements } from '@/lib/registry/site-measurements'
import { freshness } from '@/lib/rollups/freshness'
import { siteDays, siteMonths } from '@/lib/rollups/site-days'
import { siteIdle } from '@/lib/rollups/site-idle'
import { siteMeters } from '@/lib/rollups/site-meters'
import { siteRatioMonths } from '@/lib/rollups/site-ratio-months'
import { ratioMonths, ratiosIn } from '@/lib/rollups/site-ratio-series'
import { elapsedHours } from '@/lib/rollups/site-ratios'
import { siteSummaries } from '@/lib/rollups/sites'
import { type NamedTotals, totalsBy } from '@/lib/rollups/totals'
import { zoneWindow } from '@/lib/rollups/zones'
import { formatCount, formatRatio } from '@/lib/units/format'
import { massIn, massUnitOf, ratioOf } from '../../runs/_shared/amounts'
import { PageTop } from '../../runs/_shared/page-top'
import { type AskedParams, queryOf, utcToday } from '../../runs/_shared/page-view'
import { deploymentWords } from '../../runs/_shared/words'
import { originOfRequest } from '../../sources/origin'
import { shortened } from '../words'
import { IdlePanel } from './idle-panel'
import { MetersPanel } from './meters-panel'
import { MonthsPanel } from './months-panel'
import { NotMetered } from './not-metered'
import { RatioBand } from './ratio-band'
import { SharesTrend, WaterTrend } from './ratio-trends'
import { CATEGORY_WORDS } from './ratio-words'
import { RatiosPanel } from './ratios-panel'
import { SiteBand } from './site-band'
import { cueTrend, pueTrend } from './trend'
import { UsePanel } from './use-panel'

/** Who makes most of the emissions here, in words. */
const teamsTitle = (teams: NamedTotals[], whole: bigint | null): string => {
  const [first] = teams
  const share = first ? ratioOf(first.location_mg, whole) : null
  if (!first || share === null) return 'No team’s workload is known here'
  const percent = `${Math.round(share * 100)}\u202f%`
  return first.name === null
    ? `No team claims ${percent} of the emissions here`
    : `${shortened(first.name, 32)} makes ${percent} of the emissions here`
}

type Params = Promise<{ org: string; site: string }>

const DEFAULT_RANGE = '12m'

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: `Site ${decodeURIComponent((await params).site)}` }
}

export default async function Site({ params, searchParams }: { params: Params; searchParams: Promise<AskedParams> }) {
  const { org, site: slug } = await params
  const { actor, organization } = await pageAccess(org)
  const asked = queryOf(await searchParams)
  const today = utcToday()
  const now = Date.now()
  const range = resolveRange(
    { range: asked.get('range'), from: asked.get('from'), to: asked.get('to') },
    { today, defaultKey: DEFAULT_RANGE },
  )
  const read = await withOrg(actor, async (tx) => {
    const [site] = await siteSummaries(tx, range, decodeURIComponent(slug))
    if (!site) return null
    const window = { siteId: site.site_id, from: range.from, to: range.to }
    return {
      site,
      fresh: await freshness(tx),
      days: await siteDays(tx, window),
      months: await siteMonths(tx, window),
      meters: await siteMeters(tx, site.site_id),
      teams: await totalsBy(tx, { from: range.from, to: range.to, site: [site.slug] }, 'team'),
      // Eleven months more, so that the first of the range has its year.
      ratios: await siteRatioMonths(tx, { ...window, from: addDays(`${range.from.slice(0, 7)}-01`, -335) }),
      idle: await siteIdle(tx, window),
    }
  })
  if (read === null) notFound()
  const { site, days, months, meters, teams } = read
  const ratios = ratioMonths(read.ratios, range, site.standing)
  const inWindow = read.ratios.filter(({ month }) => ratios.some((one) => one.month === month))
  const registered = await registeredMeters(actor.orgId, site.slug)
  const measurements = await siteMeasurements(actor.orgId, site.slug)
  const own = meters.filter((meter) => meter.is_own)
  const canEdit = isAllowed(actor, 'site:edit')
  const isMetered = site.overhead.basis === 'metered'
  const zone =
    isMetered && site.zone !== null ? await zoneWindow({ orgId: actor.orgId, zone: site.zone, ...range, now }) : null
  const pue = pueTrend(days, site.overhead.pue)
  const cue = cueTrend(
    days,
    { from: range.from, hours: zone?.statistics.basis === 'direct' ? zone.hours : [], zone: site.zone },
    site.cue,
  )
  const elapsed = elapsedHours(range, now)
  const specs: Spec[] = [
    { label: 'Deployment', value: site.deployment ? deploymentWords(site.deployment) : 'not said' },
    site.zone
      ? { label: 'Zone', value: site.zone, href: `/o/${org}/grid/${encodeURIComponent(site.zone)}` }
      : { label: 'Zone', value: 'not said' },
    ...(site.operator ? [{ label: 'Operator', value: shortened(site.operator) }] : []),
    ...(site.cloud_region ? [{ label: 'Cloud region', value: site.cloud_region }] : []),
    { label: 'Address', value: site.slug },
    ...(site.declared_pue === null ? [] : [{ label: 'Declared PUE', value: formatRatio(site.declared_pue, 2) ?? '' }]),
    ...(site.pue_category === null ? [] : [{ label: 'PUE category', value: CATEGORY_WORDS[site.pue_category] }]),
    ...(site.declared_wue === null ? [] : [{ label: 'Declared WUE', value: formatRatio(site.declared_wue, 2) ?? '' }]),
    ...(site.facility_meters > 0
      ? [{ label: 'Both meters known', value: `${formatCount(site.paired_hours)} of ${formatCount(elapsed)} h` }]
      : []),
  ]
  const mass = massUnitOf(teams.map((team) => team.location_mg))
  const reference =
    site.declared_pue === null
      ? undefined
      : { level: site.declared_pue, label: `Declared ${formatRatio(site.declared_pue, 2)}` }
  const teamBars = (
    <RankedBars
      span={4}
      csvName={`${site.slug}-teams`}
      title={teamsTitle(teams, site.location_mg)}
      meta={
        <>
          {mass} CO<sub>2</sub>e, location-based
        </>
      }
      itemLabel="Team"
      valueLabel="Emissions"
      unit={`${mass} CO2e`}
      bars={teams.slice(0, 8).map((team) => ({
        id: team.name ?? 'unassigned',
        label: team.name ?? 'No team',
        value: massIn(team.location_mg, mass),
        href:
          team.name === null
            ? undefined
            : `/o/${org}/runs?site=${encodeURIComponent(site.slug)}&team=${encodeURIComponent(team.name)}`,
      }))}
    />
  )
  const missingHours = elapsed - site.paired_hours
  return (
    <>
      <PageTop
        org={organization}
        freshness={read.fresh}
        crumbs={[{ label: 'Sites', href: `/o/${org}/sites` }, { label: site.name }]}
      />
      <FilterRow today={today} defaultRange={DEFAULT_RANGE} />
      <Main>
        <PageHeader title={site.name}>
          <SpecLine specs={specs} />
        </PageHeader>
        <RatioBand site={site} ratios={ratiosIn(inWindow, site.standing)} window={range} />
        <SiteBand site={site} elapsed={elapsed} window={range} />
        <PanelGrid>
          {isMetered ? (
            <>
              <LineTrend
                span={8}
                csvName={`${site.slug}-pue`}
                title={pue.title}
                meta={
                  pue.withMedian
                    ? 'Daily value and 28-day running median, Σ facility ÷ Σ IT'
                    : 'Daily value, Σ facility ÷ Σ IT'
                }
                unit=""
                digits={3}
                axisStart={pue.axisStart}
                lines={
                  pue.withMedian
                    ? [
                        { key: 'pue', label: 'Daily', tone: 'ghost' },
                        { key: 'median', label: '28-day median', tone: 'ink', partial: true },
                      ]
                    : [{ key: 'pue', label: 'Daily', tone: 'ink' }]
                }
                points={pue.points}
                reference={reference}
                note={
                  missingHours > 0 ? (
                    <GapNote>
                      {`${formatCount(missingHours)} of ${formatCount(elapsed)} hours of the range lack one of the two meters; they are in no quotient.`}
                    </GapNote>
                  ) : undefined
                }
              />
              <UsePanel site={site} />
              <LineTrend
                span={8}
                csvName={`${site.slug}-cue`}
                title={cue.title}
                meta={
                  <>
                    kg CO<sub>2</sub>e per kWh of IT, {cue.stepHours === 168 ? 'seven days a step' : 'daily'},
                    location-based{cue.hasGrid && `; mean of zone ${site.zone} in grey`}
                  </>
                }
                unit="kg/kWh"
                digits={3}
                step_hours={cue.stepHours}
                lines={[
                  { key: 'cue', label: 'CUE', tone: 'ink', step: true },
                  ...(cue.hasGrid
                    ? [{ key: 'grid', label: `Grid ${site.zone}`, tone: 'ghost', step: true, partial: true } as const]
                    : []),
                ]}
                points={cue.points}
              />
            </>
          ) : (
            <>
              <NotMetered site={site} origin={await originOfRequest()} />
              <UsePanel site={site} />
            </>
          )}
          {isMetered && teamBars}
          <WaterTrend slug={site.slug} months={ratios} />
          <SharesTrend slug={site.slug} months={ratios} />
          <RatiosPanel slug={site.slug} months={ratios} />
          {read.idle && <IdlePanel idle={read.idle} org={org} span={12} />}
          <Measurements
            org={org}
            slug={site.slug}
            measurements={measurements}
            lastMonth={addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7)}
            canEdit={canEdit}
            span={12}
          />
          <MeterRegister
            org={org}
            slug={site.slug}
            meters={registered.map((meter) => ({
              ...meter,
              last_day: own.find((series) => series.meter === meter.meter)?.last_day ?? null,
            }))}
            unregistered={own
              .map((series) => series.meter)
              .filter((name) => registered.every((meter) => meter.meter !== name))}
            today={today}
            canEdit={canEdit}
            span={12}
          />
          {isMetered && <MetersPanel meters={meters} today={today} span={12} />}
          <MonthsPanel months={months} site={site} metered={isMetered} window={{ from: range.from, to: range.to }} />
          {!isMetered && teamBars}
          {!isMetered && <MetersPanel meters={meters} today={today} span={8} />}
          <Panel span={4} title="What is declared of this site" meta="Changes are in the audit trail">
            {canEdit ? (
              <SiteForm
                org={org}
                slug={site.slug}
                fields={{
                  name: site.name,
                  zone: site.zone,
                  deployment: site.deployment,
                  declared_pue: site.declared_pue,
                  declared_pue_source: site.declared_pue_source,
                  operator: site.operator,
                  pue_category: site.pue_category,
                  declared_wue: site.declared_wue,
                  declared_wue_source: site.declared_wue_source,
                }}
              />
            ) : (
              <Forbidden
                needs="owner, admin or analyst"
                grant={`You may read all of this site as ${actor.role}. An owner or admin of ${organization.name} can give you the role.`}
              />
            )}
          </Panel>
        </PanelGrid>
      </Main>
    </>
  )
}
