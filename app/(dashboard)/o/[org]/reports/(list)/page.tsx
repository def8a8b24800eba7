import type { Metadata } from 'next'
import Link from 'next/link'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { EmptyNoSource } from '@/components/states/empty-no-source'
import type { Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { LinkButton } from '@/components/ui/link-button'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { exactKilogramText, tonnes } from '@/lib/reports/tonnes'
import { freshness } from '@/lib/rollups/freshness'
import { type StatementYear, statementYears } from '@/lib/rollups/statement-years'
import { formatCount } from '@/lib/units/format'
import { NoReadings } from '../../runs/_shared/empty'
import { PageTop } from '../../runs/_shared/page-top'
import { utcToday } from '../../runs/_shared/page-view'
import { counted } from '../../runs/_shared/words'
import { csvHref, ledgerHref, pdfHref } from '../_shared/addresses'
import { STATE_WORDS, StatementStatus, stateOf } from '../_shared/statement-status'

export const metadata: Metadata = { title: 'Disclosures' }

/** The total without what is kept out of Scope 2; null when nothing is left of it. */
const coveredMg = ({ location_mg, kept_out_mg }: StatementYear): bigint | null =>
  location_mg === null || (kept_out_mg > 0n && location_mg === kept_out_mg) ? null : location_mg - kept_out_mg

const rowOf = (org: string, one: StatementYear, today: string): Row => {
  const { year } = one
  const state = stateOf(one, today)
  const mg = coveredMg(one)
  return {
    id: String(year),
    cells: {
      year: { text: String(year), sort: year, href: `/o/${org}/reports/${year}` },
      status: { text: STATE_WORDS[state], node: <StatementStatus state={state} /> },
      total:
        mg === null
          ? { text: null, why: 'No covered line has a figure' }
          : {
              text: tonnes(mg),
              sort: Number(mg),
              why: `${exactKilogramText(mg)} kg CO₂eq`,
              href: ledgerHref(org, year),
            },
      screening:
        one.kept_out_mg === 0n
          ? { text: null, why: 'No screening figure' }
          : {
              text: tonnes(one.kept_out_mg),
              sort: Number(one.kept_out_mg),
              why: `${exactKilogramText(one.kept_out_mg)} kg CO₂eq`,
            },
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
    years: await statementYears(tx),
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
                meta="Provisional = some hours may still change; live = settled so far, the year is not over. Total = covered lines, location-based, without screening figures. Hours without a figure are gaps, never zero"
              >
                <DataTable
                  caption="Statements by year"
                  sortable={years.length > 1}
                  columns={[
                    { key: 'year', label: 'Year' },
                    { key: 'status', label: 'Status' },
                    { key: 'total', label: 'Total', unit: 't CO2eq', align: 'right' },
                    { key: 'screening', label: 'Screening, kept out', unit: 't CO2eq', align: 'right' },
                    { key: 'gaps', label: 'Hours without a figure', align: 'right' },
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
