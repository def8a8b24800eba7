import type { Metadata } from 'next'
import Link from 'next/link'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { EmptyNoSource } from '@/components/states/empty-no-source'
import type { Cell, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { LinkButton } from '@/components/ui/link-button'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { pageAccess } from '@/lib/auth/page'
import { statementAddress } from '@/lib/contracts/explain'
import { withOrg } from '@/lib/db/with-org'
import { type ListedStatement, statementList } from '@/lib/reports/statement-list'
import { exactKilogramText, tonnes } from '@/lib/reports/tonnes'
import { freshness } from '@/lib/rollups/freshness'
import { formatCount } from '@/lib/units/format'
import { NoReadings } from '../../runs/_shared/empty'
import { PageTop } from '../../runs/_shared/page-top'
import { utcToday } from '../../runs/_shared/page-view'
import { counted } from '../../runs/_shared/words'
import { csvHref, ledgerHref, pdfHref } from '../_shared/addresses'
import { STATE_WORDS, StatementStatus, stateOf } from '../_shared/statement-status'

export const metadata: Metadata = { title: 'Disclosures' }

const massCell = (mg: bigint | null, why: string, explain?: string): Cell =>
  mg === null
    ? { text: null, why }
    : {
        text: tonnes(mg),
        sort: Number(mg),
        why: `${exactKilogramText(mg)} kg CO₂eq`,
        explain,
        exact: explain ? mg : undefined,
      }

const rowOf = (org: string, one: ListedStatement, today: string): Row => {
  const { year } = one
  const state = stateOf(one, today)
  return {
    id: String(year),
    cells: {
      year: { text: String(year), sort: year, href: `/o/${org}/reports/${year}` },
      status: { text: STATE_WORDS[state], node: <StatementStatus state={state} /> },
      location: massCell(one.locationTotalMg, 'No line has a figure', statementAddress(year, 'total-lb')),
      market: massCell(one.marketTotalMg, 'Scope 2 has no market-based figure', statementAddress(year, 'total-mb')),
      s1: massCell(one.scope1Mg, 'No fuel or refrigerant is recorded', statementAddress(year, 's1')),
      s2: massCell(one.scope2Mg, 'No Scope 2 electricity', statementAddress(year, 's2-lb')),
      s3: massCell(one.scope3Mg, 'No category has a figure', statementAddress(year, 's3')),
      screening:
        one.kept_out_mg === 0n
          ? { text: null, why: 'No screening figure' }
          : massCell(one.kept_out_mg, 'No screening figure'),
      gaps: {
        text: formatCount(one.gap_hours),
        sort: one.gap_hours,
        href: one.gap_hours > 0 ? ledgerHref(org, year, { gap: '1' }) : undefined,
      },
      files: {
        text: `${year}`,
        node: (
          <span className="flex gap-4 whitespace-nowrap">
            <Link href={`/o/${org}/reports/${year}`} aria-label={`Open the statement of ${year}`} className="py-1">
              Open
            </Link>
            <a href={pdfHref(org, year)} download aria-label={`PDF of ${year}`} className="py-1">
              PDF
            </a>
            <a href={csvHref(org, year)} download aria-label={`Ledger CSV of ${year}`} className="py-1">
              Ledger CSV
            </a>
          </span>
        ),
      },
    },
  }
}

export default async function Disclosures({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const { actor, organization } = await pageAccess(org)
  const { years, fresh } = await withOrg(actor, async (tx) => ({
    years: await statementList(tx),
    fresh: await freshness(tx),
  }))
  const today = utcToday()
  const open = years.filter((one) => stateOf(one, today) !== 'settled')
  return (
    <>
      <PageTop org={organization} freshness={fresh} crumbs={[{ label: 'Disclosures' }]} />
      <Main>
        <PageHeader
          title="Disclosures"
          subtitle="Statements of GHG emissions after ESRS E1-6, one a UTC calendar year"
        />
        {years.length === 0 && fresh.telemetry_at === null ? (
          <NoReadings org={org} what="A statement appears here as soon as a year has its first hour." />
        ) : (
          <PanelGrid>
            {years.length === 0 ? (
              <Panel title="No year has an hour in the ledger yet">
                <EmptyNoSource
                  sentence="Readings have arrived; a statement appears as soon as the first hour is accounted."
                  action={
                    <LinkButton href={`/o/${org}/ledger`} size={26}>
                      Open the ledger
                    </LinkButton>
                  }
                  other={<Link href={`/o/${org}/sources`}>See sources</Link>}
                />
              </Panel>
            ) : (
              <Panel
                title={
                  open.length === 0
                    ? `${counted(years.length, 'year')} with data, all settled`
                    : `${counted(years.length, 'year')} with data; ${open.map(({ year }) => year).join(', ')} may still change`
                }
                meta="Provisional = some hours may still change; live = settled so far, the year is not over. Location and market are two methods for the same electricity, never added. Hours without a figure are gaps, never zero"
              >
                <DataTable
                  caption="Statements by year"
                  sortable={years.length > 1}
                  columns={[
                    { key: 'year', label: 'Year' },
                    { key: 'status', label: 'Status' },
                    { key: 'location', label: 'Total, location', unit: 't CO2eq', align: 'right' },
                    { key: 'market', label: 'Total, market', unit: 't', align: 'right' },
                    { key: 's1', label: 'Scope 1', unit: 't', align: 'right' },
                    { key: 's2', label: 'Scope 2, location', unit: 't', align: 'right' },
                    { key: 's3', label: 'Scope 3', unit: 't', align: 'right' },
                    { key: 'screening', label: 'Screening, kept out', unit: 't', align: 'right', plain: 'part' },
                    { key: 'gaps', label: 'Hours without a figure', align: 'right', plain: 'count' },
                    { key: 'files', label: 'Statement and files', sortable: false },
                  ]}
                  rows={years.map((one) => rowOf(org, one, today))}
                />
              </Panel>
            )}
          </PanelGrid>
        )}
      </Main>
    </>
  )
}
