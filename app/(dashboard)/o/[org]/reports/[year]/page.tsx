import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ScreeningZones } from '@/components/forms/screening-zones'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { LinkButton } from '@/components/ui/link-button'
import { Panel } from '@/components/ui/panel'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { yearOf } from '@/lib/contracts/statement'
import { withOrg } from '@/lib/db/with-org'
import { finding, hoursText, narrative, PERIMETER_TITLE } from '@/lib/reports/narrative'
import { statement } from '@/lib/reports/statement'
import { tonnes } from '@/lib/reports/tonnes'
import { gapWords } from '@/lib/reports/words'
import { freshness } from '@/lib/rollups/freshness'
import type { ScreeningZone } from '@/lib/rollups/statement-screening'
import { formatDay } from '@/lib/units/format'
import { PageTop } from '../../runs/_shared/page-top'
import { utcToday } from '../../runs/_shared/page-view'
import { csvHref, pdfHref } from '../_shared/addresses'
import { StatementStatus, stateOf } from '../_shared/statement-status'
import { BridgeSection, InstrumentsSection, MemoSection } from './memo-sections'
import { ScopeSheet } from './scope-sheet'
import { EnergySection, FactorsSection, GroupsSection, MethodSection, QualitySection, SitesSection } from './sections'
import { StatementAside } from './statement-aside'

interface Params {
  org: string
  year: string
}

export async function generateMetadata({ params }: { params: Promise<Params> }): Promise<Metadata> {
  const { year } = await params
  return { title: yearOf(year) === null ? 'Disclosures' : `Statement ${year}` }
}

const screeningView = (one: ScreeningZone) => ({
  zone: one.zone,
  year: one.year,
  what: `${tonnes(one.location_mg)}\u202ft over ${hoursText(one.hours)}`,
  note: one.note,
  by: one.note === null ? null : `${one.accepted_by ?? 'unknown'}, ${formatDay(one.accepted_at ?? '')}`,
})

const OUTLINE = [
  ['scopes', 'Scopes 1, 2, 3, E1-6'],
  ['instruments', 'Instruments'],
  ['hardware', 'Hardware, two views'],
  ['energy', 'Energy'],
  ['quality', 'Data quality'],
  ['sites', 'Sites'],
  ['teams', 'Teams and models'],
  ['memo', 'Price, water, gases'],
  ['factors', 'Factor register'],
  ['method', 'Method notes'],
] as const

export default async function StatementOfYear({ params }: { params: Promise<Params> }) {
  const { org, year: asked } = await params
  const year = yearOf(asked)
  if (year === null) notFound()
  const { actor, organization } = await pageAccess(org)
  const { made, fresh } = await withOrg(
    actor,
    async (tx) => ({ made: await statement(tx, { year }), fresh: await freshness(tx) }),
    { snapshot: true },
  )
  const empty = made.status === 'no-data'
  const state = empty ? 'no-data' : stateOf({ year, provisional: made.status === 'provisional' }, utcToday())
  return (
    <>
      <PageTop
        org={organization}
        freshness={fresh}
        crumbs={[{ label: 'Disclosures', href: `/o/${org}/reports` }, { label: `Statement ${year}` }]}
      />
      <Main>
        <PageHeader
          title={`Statement ${year}`}
          status={<StatementStatus state={state} />}
          subtitle={PERIMETER_TITLE}
          actions={
            empty ? undefined : (
              <>
                <LinkButton href={csvHref(org, year)} download>
                  Ledger CSV
                </LinkButton>
                <LinkButton href={pdfHref(org, year)} download tone="primary">
                  Download PDF
                </LinkButton>
              </>
            )
          }
        />
        {empty ? (
          <Panel title={`The ledger holds no hour of ${year}`}>
            <p className="py-2">{narrative(made).join(' ')}</p>
            <LinkButton href={`/o/${org}/reports`} size={26}>
              Years with data
            </LinkButton>
          </Panel>
        ) : (
          <div className="grid grid-cols-1 items-start gap-x-8 gap-y-6 @4xl:grid-cols-[148px_minmax(0,1fr)]">
            <nav
              aria-label="Sections of the statement"
              data-chrome=""
              className="text-table @4xl:sticky @4xl:top-16 @4xl:border-t @4xl:border-rule @4xl:pt-1"
            >
              <ol className="flex flex-wrap gap-x-4 @4xl:block">
                {OUTLINE.map(([id, label], at) => (
                  <li key={id}>
                    <a
                      href={`#${id}`}
                      className="flex gap-2 py-1.5 text-ink-2 no-underline hover:text-ink hover:underline"
                    >
                      <span className="text-muted @4xl:w-3">{at + 1}</span>
                      {label}
                    </a>
                  </li>
                ))}
              </ol>
            </nav>
            <div className="@container grid min-w-0 grid-cols-1 gap-y-8">
              <div className="grid grid-cols-1 items-start gap-x-8 gap-y-6 @4xl:grid-cols-[minmax(0,1fr)_232px]">
                <section
                  id="scopes"
                  aria-labelledby="scopes-title"
                  className="min-w-0 scroll-mt-16 border border-hairline bg-surface px-4 pt-4 pb-5 md:px-5"
                >
                  <h2 id="scopes-title" className="text-lead font-semibold text-balance">
                    E1-6 Gross Scopes 1, 2, 3 and total GHG emissions
                  </h2>
                  <p className="mt-0.5 mb-4 text-muted">{finding(made)}</p>
                  <ScopeSheet
                    org={org}
                    made={made}
                    gapWords={gapWords}
                    screening={
                      made.screening.length > 0 && (
                        <ScreeningZones
                          org={org}
                          mayEdit={isAllowed(actor, 'settings:edit')}
                          zones={made.screening.map(screeningView)}
                        />
                      )
                    }
                  />
                </section>
                <StatementAside made={made} />
              </div>
              <InstrumentsSection org={org} made={made} />
              <BridgeSection org={org} made={made} />
              <EnergySection org={org} made={made} />
              <QualitySection org={org} made={made} />
              <SitesSection org={org} made={made} />
              <GroupsSection org={org} made={made} />
              <MemoSection org={org} made={made} />
              <FactorsSection org={org} made={made} />
              <MethodSection org={org} made={made} />
            </div>
          </div>
        )}
      </Main>
    </>
  )
}
