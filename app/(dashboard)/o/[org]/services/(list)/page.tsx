import type { Metadata } from 'next'
import Link from 'next/link'
import { RankedBars } from '@/components/charts/ranked-bars'
import { UnitText } from '@/components/figures/unit-text'
import { CodeBlock } from '@/components/forms/code-block'
import { UnitsUpload } from '@/components/forms/units-upload'
import { addressOf } from '@/components/shell/filter-query'
import { FilterRow } from '@/components/shell/filter-row'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { addDays } from '@/components/shell/range'
import { EmptyNoSource } from '@/components/states/empty-no-source'
import { Forbidden } from '@/components/states/forbidden'
import { LinkButton } from '@/components/ui/link-button'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { Segmented } from '@/components/ui/segmented'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { freshness } from '@/lib/rollups/freshness'
import { type ServiceDay, type ServiceUnitDay, serviceDays, serviceUnitDays } from '@/lib/rollups/service-days'
import { GPU_HOUR, serviceSci } from '@/lib/rollups/service-sci'
import { services } from '@/lib/rollups/services'
import { filterOptions } from '@/lib/rollups/totals-options'
import { formatPercent } from '@/lib/units/format'
import { massIn, massUnitOf, ratioOf, sumOf } from '../../runs/_shared/amounts'
import { NoReadings } from '../../runs/_shared/empty'
import { PageTop } from '../../runs/_shared/page-top'
import { type AskedParams, inRange, pageView, queryOf, utcToday, windowBefore } from '../../runs/_shared/page-view'
import { counted } from '../../runs/_shared/words'
import { originOfRequest } from '../../sources/origin'
import { cleanerCount, type ListedService, ServicesTable } from '../_shared/services-table'
import { unitsSnippet } from '../_shared/snippet'
import { inOrder, shownUnit, unitWords } from '../_shared/units'

export const metadata: Metadata = { title: 'Services' }

const DEFAULT_RANGE = '90d'

const byService = <Row extends { service_id: string }>(rows: Row[]): Map<string, Row[]> => {
  const all = new Map<string, Row[]>()
  for (const row of rows) all.set(row.service_id, [...(all.get(row.service_id) ?? []), row])
  return all
}

export default async function Services({
  params,
  searchParams,
}: {
  params: Promise<{ org: string }>
  searchParams: Promise<AskedParams>
}) {
  const { org } = await params
  const path = `/o/${org}/services`
  const { actor, organization } = await pageAccess(org)
  const asked = await searchParams
  const today = utcToday()
  const page = await withOrg(actor, async (tx) => {
    const view = pageView(asked, await filterOptions(tx), { today, defaultKey: DEFAULT_RANGE, keys: [] })
    const before = windowBefore(view.range, today)
    return {
      view,
      before,
      known: await services(tx),
      days: byService<ServiceDay>(await serviceDays(tx, view.range)),
      units: byService<ServiceUnitDay>(await serviceUnitDays(tx, view.range)),
      daysBefore: byService<ServiceDay>(await serviceDays(tx, before)),
      unitsBefore: byService<ServiceUnitDay>(await serviceUnitDays(tx, before)),
      fresh: await freshness(tx),
    }
  })
  const { view, before, known, fresh } = page
  const wanted = queryOf(asked).get('unit')
  const offered = inOrder([...known.flatMap((service) => service.units), GPU_HOUR])
  const unit = wanted !== null && offered.includes(wanted) ? wanted : null
  const listed: ListedService[] = known
    .filter((service) => page.days.has(service.service_id))
    .map((service) => {
      const shown = shownUnit(unit, service.units)
      const days = page.days.get(service.service_id) ?? []
      const comparable = service.first_day !== null && service.first_day <= before.from
      return {
        service,
        sci: serviceSci(days, page.units.get(service.service_id) ?? [], unit ?? shown),
        before: comparable
          ? serviceSci(
              page.daysBefore.get(service.service_id) ?? [],
              page.unitsBefore.get(service.service_id) ?? [],
              unit ?? shown,
            )
          : null,
        locationMg: sumOf(days.map((day) => day.location_mg)),
        provisional: days.some((day) => day.provisional),
      }
    })
    .sort((a, b) => ((b.locationMg ?? -1n) > (a.locationMg ?? -1n) ? 1 : -1))
  const whole = sumOf(listed.map((row) => row.locationMg))
  const mass = massUnitOf(listed.map((row) => row.locationMg))
  const { cleaner, compared } = cleanerCount(listed)
  const withUnits = known.filter((service) => service.units.length > 0).length
  const hrefOf = (one: string | null) => {
    const query = new URLSearchParams(view.query)
    if (one) query.set('unit', one)
    return addressOf(path, query)
  }
  const kept = new URLSearchParams(view.query)
  if (unit) kept.set('unit', unit)
  const first = listed[0]
  const share = first && formatPercent(ratioOf(first.locationMg, whole))
  const mayEdit = isAllowed(actor, 'model:edit')
  return (
    <>
      <PageTop org={organization} freshness={fresh} crumbs={[{ label: 'Services' }]} />
      <FilterRow today={today} defaultRange={DEFAULT_RANGE} resultText={counted(listed.length, 'service')}>
        {offered.length > 1 && (
          <Segmented
            label="Functional unit"
            value={unit ?? 'own'}
            options={[
              { value: 'own', label: 'Own unit', href: hrefOf(null) },
              ...offered.slice(0, 5).map((one) => ({
                value: one,
                label: unitWords(one).replace(/^./, (c) => c.toUpperCase()),
                href: hrefOf(one),
              })),
            ]}
          />
        )}
      </FilterRow>
      <Main>
        <PageHeader
          title="Services"
          subtitle={
            listed.length > 0
              ? `${counted(listed.length, 'service')} ${inRange(view.range)}; ${withUnits === known.length ? 'all state what they deliver' : `${counted(known.length - withUnits, 'service')} without a stated unit`}`
              : undefined
          }
        />
        {fresh.telemetry_at === null ? (
          <NoReadings org={org} what="A service appears here as soon as readings name it." />
        ) : known.length === 0 ? (
          <Panel title="No service has sent readings">
            <EmptyNoSource
              sentence="A service is an endpoint without an end: send its readings with service in place of run."
              action={
                <LinkButton href={`/o/${org}/sources`} size={26} tone="primary">
                  See sources
                </LinkButton>
              }
            />
          </Panel>
        ) : listed.length === 0 ? (
          <Panel title={`No service was read: ${view.range.label}`}>
            <p className="py-3">
              The last reading of a service is of{' '}
              {known
                .map((one) => one.last_day ?? '')
                .sort()
                .at(-1) || 'no day yet'}
              .{' '}
              <Link
                href={addressOf(
                  path,
                  new URLSearchParams({
                    range: (
                      known
                        .map((one) => one.last_day ?? '')
                        .sort()
                        .at(-1) ?? ''
                    ).slice(0, 7),
                  }),
                )}
              >
                Show its month
              </Link>
            </p>
          </Panel>
        ) : (
          <PanelGrid>
            <Panel
              title={
                compared === 0
                  ? 'What one unit of service emits'
                  : `${cleaner} of ${counted(compared, 'service')} became cleaner per unit`
              }
              meta={
                <UnitText
                  text={`SCI = (E × I + M) ÷ R (ISO/IEC 21031), location-based, no instruments; SCI-for-AI consumer boundary: operation. Change ${before.words}`}
                />
              }
            >
              <ServicesTable
                org={org}
                rows={listed}
                window={{ from: view.range.from, to: view.range.to }}
                query={[...kept].length > 0 ? `?${kept}` : ''}
              />
            </Panel>
            <RankedBars
              span={7}
              title={
                first && share
                  ? `${first.service.name} makes ${share} of what services emit`
                  : 'No service has a figure'
              }
              meta={<UnitText text={`${mass} CO2e, location-based, and share; ${view.range.label.toLowerCase()}`} />}
              csvName={`${org}-services`}
              bars={listed.map((row) => ({
                id: row.service.service_id,
                label: row.service.name,
                href: `${path}/${row.service.service_id}`,
                value: massIn(row.locationMg, mass),
                note: formatPercent(ratioOf(row.locationMg, whole)) ?? undefined,
              }))}
              itemLabel="Service"
              valueLabel="Emissions"
              unit={`${mass} CO2e`}
              noteLabel="Share"
            />
            <Panel
              span={5}
              title="State what was delivered"
              meta="R of the score, one count a service, UTC day and unit; the last statement stands"
            >
              <CodeBlock
                label="Example request"
                code={unitsSnippet(
                  await originOfRequest(),
                  first?.service.name ?? 'chat',
                  'request',
                  addDays(today, -1),
                )}
              />
              <div className="mt-4">{mayEdit ? <UnitsUpload org={org} /> : <Forbidden needs="ml or analyst" />}</div>
            </Panel>
          </PanelGrid>
        )}
      </Main>
    </>
  )
}
