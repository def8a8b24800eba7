import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { IntensityHeatmap } from '@/components/charts/intensity-heatmap'
import { LineTrend } from '@/components/charts/line-trend'
import { GapNote } from '@/components/figures/gap-note'
import { KpiBand } from '@/components/figures/kpi-band'
import { addressOf } from '@/components/shell/filter-query'
import { FilterRow } from '@/components/shell/filter-row'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { addDays, resolveRange } from '@/components/shell/range'
import { type Spec, SpecLine } from '@/components/shell/spec-line'
import { EmptyNoMatch } from '@/components/states/empty-no-match'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { Segmented } from '@/components/ui/segmented'
import { pageAccess } from '@/lib/auth/page'
import { type ZoneRatioName, zoneAddress } from '@/lib/contracts/explain'
import { withOrg } from '@/lib/db/with-org'
import { freshness } from '@/lib/rollups/freshness'
import { intensityOfSums } from '@/lib/rollups/site-ratios'
import { zoneLoadDays } from '@/lib/rollups/zone-load'
import { isOlderThanAYear, yearsOf } from '@/lib/rollups/zone-revisions'
import { zoneOfName, zoneWindow } from '@/lib/rollups/zones'
import { formatCount, formatEnergy } from '@/lib/units/format'
import { sumOf } from '../../runs/_shared/amounts'
import { PageTop } from '../../runs/_shared/page-top'
import { type AskedParams, queryOf, utcToday } from '../../runs/_shared/page-view'
import { shortDay, shortInstant } from '../../runs/_shared/words'
import { UploadPanel } from '../upload-panel'
import { countsWords } from '../words'
import { FallbacksPanel } from './fallbacks-panel'
import { RevisionsPanel } from './revisions-panel'
import { dailyTrend, heatmapTitle, instantOf, knownPart } from './zone-view'

type Params = Promise<{ org: string; zone: string }>

/** Two years of hours are the most that one picture holds. */
const MOST_DAYS = 732

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: `Grid ${decodeURIComponent((await params).zone)}` }
}

export default async function Zone({ params, searchParams }: { params: Params; searchParams: Promise<AskedParams> }) {
  const { org, zone: asked } = await params
  const { actor, organization } = await pageAccess(org)
  const zone = await zoneOfName({ orgId: actor.orgId, zone: decodeURIComponent(asked) })
  if (zone === null) notFound()
  const query = queryOf(await searchParams)
  const today = utcToday()
  const now = Date.now()
  const direct = zone.own.find((one) => one.basis === 'direct') ?? null
  // Data that ended long ago would leave the last twelve months without an hour of it: then its last year is shown.
  const defaultKey = isOlderThanAYear(direct?.knownUntil ?? null, now)
    ? (direct?.lastMonth.slice(0, 4) ?? '12m')
    : '12m'
  const resolved = resolveRange(
    { range: query.get('range'), from: query.get('from'), to: query.get('to') },
    { today, defaultKey },
  )
  const from = resolved.from < addDays(resolved.to, -MOST_DAYS) ? addDays(resolved.to, -MOST_DAYS) : resolved.from
  const window = await zoneWindow({ orgId: actor.orgId, zone: zone.zone, from, to: resolved.to, now })
  const { load, fresh } = await withOrg(actor, async (tx) => ({
    load: await zoneLoadDays(tx, { zone: zone.zone, from, to: resolved.to }),
    fresh: await freshness(tx),
  }))
  const { statistics, hours, fallbacks } = window
  const { basis, counts, meanGPerKwh, lowest, highest } = statistics
  const basisWords = basis === 'lifecycle' ? 'life-cycle average, screening' : 'direct, average'
  // An annual average says nothing of the hours: no picture is made of it.
  const isFlat = lowest !== null && lowest.gPerKwh === highest?.gPerKwh
  const energy = sumOf(load.map((day) => day.facility_uwh))
  // Where an hour has no intensity, energy of that hour would thin the mean.
  const own =
    counts.unknown + counts.leftOut > 0 ? null : intensityOfSums(sumOf(load.map((day) => day.location_mg)), energy)
  const known = counts.measured + counts.estimated + counts.modelled
  const year = knownPart(hours, from)
  const trend = dailyTrend(hours, from, load)
  const grams = (value: number | null | undefined) => (value == null ? null : formatCount(Math.round(value)))
  const energyText = formatEnergy(energy)
  const years = yearsOf(zone.own)
  const path = `/o/${org}/grid/${encodeURIComponent(zone.zone)}`
  const rangeHref = (key: string) => addressOf(path, new URLSearchParams(key === defaultKey ? {} : { range: key }))
  const ledger = addressOf(`/o/${org}/ledger`, new URLSearchParams({ zone: zone.zone, from, to: resolved.to }))
  const explained = (ratio: ZoneRatioName) => zoneAddress(zone.zone, ratio, { from, to: resolved.to })
  const specs: Spec[] = [
    { label: 'Factor', value: basisWords },
    ...(direct
      ? [
          { label: 'Hourly data', value: `${direct.firstMonth} to ${direct.lastMonth}` },
          ...(direct.measuredUntil
            ? [{ label: 'Measured to', value: shortInstant(direct.measuredUntil, today) }]
            : [{ value: 'all estimated' }]),
          { label: 'Revision', value: String(direct.revision) },
        ]
      : [{ label: 'Hourly data', value: 'none imported' }]),
    ...(zone.timeZone ? [{ label: 'Local time', value: zone.timeZone }] : []),
    { value: 'All zones', href: `/o/${org}/grid` },
  ]
  return (
    <>
      <PageTop
        org={organization}
        freshness={fresh}
        crumbs={[{ label: 'Grid', href: `/o/${org}/grid` }, { label: zone.zone }]}
      />
      <FilterRow today={today} defaultRange={defaultKey}>
        {years.length > 0 && (
          <Segmented
            label="Year with hourly data"
            value={resolved.key}
            options={[
              ...years.slice(0, 6).map((one) => ({ value: one, label: one, href: rangeHref(one) })),
              { value: '12m', label: '12 months', href: rangeHref('12m') },
            ]}
          />
        )}
      </FilterRow>
      <Main>
        <PageHeader title={zone.name && zone.name !== zone.zone ? `${zone.name}, ${zone.zone}` : zone.zone}>
          <SpecLine specs={specs} />
        </PageHeader>
        <KpiBand
          items={[
            {
              label: 'Mean',
              explain: meanGPerKwh === null ? undefined : explained('mean'),
              exact: meanGPerKwh === null ? undefined : String(meanGPerKwh),
              value: grams(meanGPerKwh),
              unit: 'g/kWh',
              why: 'No hour of this range has an intensity',
              note: `${resolved.label}, each hour alike`,
            },
            {
              label: 'Your mean, load-weighted',
              explain: own === null ? undefined : explained('own'),
              exact: own === null ? undefined : String(own),
              explainHref: energy === null ? undefined : ledger,
              value: grams(own),
              unit: 'g/kWh',
              why:
                counts.unknown + counts.leftOut > 0
                  ? 'Some hours have no direct intensity, so that a mean would be too low'
                  : 'No energy of yours is booked here in this range',
              note: energyText
                ? `over ${energyText.value}\u202f${energyText.unit} of your energy`
                : 'no energy booked here',
            },
            {
              label: 'Cleanest hour',
              explain: isFlat || !lowest ? undefined : explained('lowest'),
              exact: isFlat || !lowest ? undefined : String(lowest.gPerKwh),
              value: isFlat ? null : grams(lowest?.gPerKwh),
              unit: 'g/kWh',
              why: isFlat ? 'Only an annual average is known' : 'No hour of this range has an intensity',
              note: isFlat
                ? 'only an annual average is known'
                : lowest
                  ? `${shortInstant(instantOf(from, lowest.index), today)} UTC`
                  : undefined,
            },
            {
              label: 'Dirtiest hour',
              explain: isFlat || !highest ? undefined : explained('highest'),
              exact: isFlat || !highest ? undefined : String(highest.gPerKwh),
              value: isFlat ? null : grams(highest?.gPerKwh),
              unit: 'g/kWh',
              why: isFlat ? 'Only an annual average is known' : 'No hour of this range has an intensity',
              note: isFlat
                ? 'only an annual average is known'
                : highest
                  ? `${shortInstant(instantOf(from, highest.index), today)} UTC`
                  : undefined,
            },
            {
              label: 'Estimated',
              plain: 'count',
              value: known === 0 ? null : ((counts.estimated / known) * 100).toFixed(1),
              unit: '%',
              why: 'No hour of this range has an intensity',
              note: countsWords(counts) || undefined,
            },
          ]}
        />
        <PanelGrid>
          {year.values.length === 0 ? (
            <Panel title={`No hour of ${resolved.label} has an intensity`}>
              <EmptyNoMatch
                what="hours with an intensity"
                filters={[]}
                clearHref={resolved.key === defaultKey ? undefined : path}
                nearest={
                  direct
                    ? `Hourly data from ${direct.firstMonth} to ${direct.lastMonth}.`
                    : 'Import a file of hours below: readings in this zone are a gap until then.'
                }
              />
            </Panel>
          ) : isFlat ? (
            <Panel
              span={8}
              title={`Every hour is taken as ${grams(meanGPerKwh)}\u202fg/kWh: only an annual average is known`}
              meta={
                basis === 'lifecycle' ? 'A life-cycle average: shown, and kept out of Scope 2 rows' : 'A direct average'
              }
            >
              <p className="max-w-[72ch]">
                There is no hour × day picture of {zone.zone} until hours are known. Import a file of its hourly
                intensity, and the days that rest on it are posted again.
              </p>
            </Panel>
          ) : (
            <>
              <IntensityHeatmap
                zone={zone.zone}
                csvName={`grid-${zone.zone}`}
                title={heatmapTitle(hours, own, meanGPerKwh)}
                meta={
                  <>
                    Each cell one hour, UTC; g CO<sub>2</sub>e/kWh, {basisWords}, as the ledger takes it.{' '}
                    {from !== resolved.from && `The last ${formatCount(MOST_DAYS)} days of the range.`}
                  </>
                }
                firstDay={year.firstDay}
                intensity_g_per_kwh={year.values}
                note={
                  counts.modelled + counts.leftOut + counts.unknown > 0 ? (
                    <GapNote>
                      {`${countsWords(counts)} of ${formatCount(counts.all)} hours.`}
                      {counts.modelled > 0 && ' Modelled hours are typical hours or annual averages, not measurements.'}
                    </GapNote>
                  ) : undefined
                }
              />
              <LineTrend
                span={8}
                csvName={`grid-${zone.zone}-daily`}
                title={
                  trend.hasOwn && own !== null && meanGPerKwh !== null
                    ? `Your kWh carried ${grams(own)}\u202fg, the zone’s mean ${grams(meanGPerKwh)}\u202fg`
                    : `Daily mean, ${shortDay(year.firstDay, today)} on`
                }
                meta={
                  <>
                    g CO<sub>2</sub>e/kWh, daily
                    {trend.hasOwn && '; yours weighted by the energy booked in each hour, with declared intensities'}
                  </>
                }
                unit="g/kWh"
                digits={0}
                lines={[
                  { key: 'zone', label: `Grid ${zone.zone}`, tone: trend.hasOwn ? 'ghost' : 'ink' },
                  ...(trend.hasOwn ? [{ key: 'own', label: 'Yours', tone: 'ink', partial: true } as const] : []),
                ]}
                points={trend.points}
              />
            </>
          )}
          <UploadPanel org={organization} actor={actor} zone={zone.zone} />
          <FallbacksPanel fallbacks={fallbacks} />
          <RevisionsPanel revisions={zone.revisions} today={today} />
        </PanelGrid>
      </Main>
    </>
  )
}
