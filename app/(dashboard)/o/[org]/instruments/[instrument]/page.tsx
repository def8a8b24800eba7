import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { RankedBars } from '@/components/charts/ranked-bars'
import { KpiBand } from '@/components/figures/kpi-band'
import { InstrumentForm } from '@/components/forms/instrument-form'
import { INSTRUMENT_WORDS } from '@/components/forms/instrument-words'
import { RemoveInstrument } from '@/components/forms/remove-instrument'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { type Spec, SpecLine } from '@/components/shell/spec-line'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { instrumentAddress } from '@/lib/contracts/explain'
import { type Instrument, instrumentFieldsSchema } from '@/lib/contracts/instruments'
import { withOrg } from '@/lib/db/with-org'
import { AppError } from '@/lib/errors'
import { instrument as registered } from '@/lib/registry/instruments'
import { freshness } from '@/lib/rollups/freshness'
import { instrumentMonths, instrumentTeams } from '@/lib/rollups/instrument-lines'
import { siteNames } from '@/lib/rollups/site-names'
import { formatDay, threeFigures } from '@/lib/units/format'
import { PageTop } from '../../runs/_shared/page-top'
import { CriteriaPanel } from '../_shared/criteria-panel'
import { InstrumentState } from '../_shared/instrument-state'
import { MonthsTable } from './months-table'

export const metadata: Metadata = { title: 'Instrument' }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const found = async (orgId: string, id: string): Promise<Instrument> => {
  if (!UUID.test(id)) notFound()
  try {
    return await registered(orgId, id)
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound()
    throw error
  }
}

const specsOf = (one: Instrument): Spec[] => [
  { label: 'Kind', value: INSTRUMENT_WORDS[one.kind] },
  { label: 'Claimed at', value: one.site_name ?? `market ${one.market}` },
  { label: 'Vintage', value: `${formatDay(one.vintage_from)} to before ${formatDay(one.vintage_to)}` },
  { label: 'Rate', value: `${threeFigures(one.g_per_kwh)} g/kWh` },
  ...(one.tracking_system === null ? [] : [{ label: 'Register', value: one.tracking_system }]),
  ...(one.cancelled_on === null
    ? []
    : [{ label: 'Cancelled', value: `${formatDay(one.cancelled_on)} for ${one.cancelled_for ?? 'somebody'}` }]),
]

export default async function InstrumentPage({ params }: { params: Promise<{ org: string; instrument: string }> }) {
  const { org, instrument: id } = await params
  const { actor, organization } = await pageAccess(org)
  const one = await found(actor.orgId, id)
  const read = await withOrg(actor, async (tx) => ({
    fresh: await freshness(tx),
    sites: await siteNames(tx),
    months: await instrumentMonths(tx, id),
    teams: await instrumentTeams(tx, id),
  }))
  const canEdit = isAllowed(actor, 'instrument:edit')
  const why = one.counts ? 'No consumption in its vintage yet' : 'Ignored: it covers nothing'
  return (
    <>
      <PageTop
        org={organization}
        freshness={read.fresh}
        crumbs={[{ label: 'Instruments', href: `/o/${org}/instruments` }, { label: one.name }]}
      />
      <Main>
        <PageHeader
          title={one.name}
          status={<InstrumentState instrument={one} />}
          actions={
            canEdit ? (
              <RemoveInstrument org={org} instrumentId={id} name={one.name} isRemoved={one.removed_at !== null} />
            ) : undefined
          }
        >
          <SpecLine specs={specsOf(one)} />
        </PageHeader>
        <KpiBand
          items={[
            {
              label: 'Effect on the market-based figure',
              value: one.effect_kg === null ? null : threeFigures(one.effect_kg / 1000),
              unit: 't CO2e',
              why,
              explain: one.effect_kg === null ? undefined : instrumentAddress(id),
            },
            {
              label: 'Covers',
              value: covers(one),
              unit: 'MWh',
              why,
              explain: covers(one) === null ? undefined : instrumentAddress(id, 'covered'),
            },
            {
              label: 'Bought',
              value: one.mwh === null ? null : threeFigures(one.mwh),
              unit: 'MWh',
              plain: 'entered',
              why: 'All that the supplier delivers',
            },
            {
              label: 'Surplus',
              value:
                one.surplus_mwh === null || !one.counts
                  ? null
                  : one.surplus_mwh <= 0
                    ? '0'
                    : threeFigures(one.surplus_mwh),
              unit: 'MWh',
              explain: one.surplus_mwh === null || !one.counts ? undefined : instrumentAddress(id, 'surplus'),
              why: one.counts ? 'A supplier rate has none' : 'Ignored: nothing is used of it',
            },
          ]}
        />
        <PanelGrid>
          {read.months.length > 0 && (
            <>
              <Panel
                span={8}
                title={`It covers ${read.months.length === 1 ? 'one month' : `${read.months.length} months`}`}
                meta="Its energy is shared over the months of its vintage by consumption, and to workloads by energy, to the last µWh and mg"
              >
                <MonthsTable org={org} months={read.months} />
              </Panel>
              <RankedBars
                span={4}
                csvName="instrument-teams"
                title="Whose energy it covers"
                meta="MWh, shared by energy"
                itemLabel="Team"
                valueLabel="Covered"
                unit="MWh"
                bars={read.teams.slice(0, 10).map((team) => ({
                  id: team.team ?? 'none',
                  label: team.team ?? 'No team',
                  value: Number(team.covered_uwh) / 1e12,
                }))}
              />
            </>
          )}
          {canEdit ? (
            <Panel span={8} title="What is entered" meta="Changes are in the audit trail">
              <InstrumentForm
                org={org}
                instrumentId={id}
                initial={instrumentFieldsSchema.parse(fieldsOf(one))}
                sites={read.sites}
                organization={organization.name}
              />
            </Panel>
          ) : (
            <Panel span={8} title="Evidence" meta="As entered">
              <p>{one.evidence ?? 'No evidence is named.'}</p>
            </Panel>
          )}
          <CriteriaPanel span={4} instrument={one} />
        </PanelGrid>
      </Main>
    </>
  )
}

const covers = (one: Instrument): string | null =>
  one.covered_mwh === null || !one.counts ? null : threeFigures(one.covered_mwh)

const fieldsOf = (one: Instrument) =>
  Object.fromEntries(Object.keys(instrumentFieldsSchema.shape).map((key) => [key, one[key as keyof Instrument]]))
