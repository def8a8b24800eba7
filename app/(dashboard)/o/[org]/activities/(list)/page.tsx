import type { Metadata } from 'next'
import Link from 'next/link'
import { ACTIVITY_WORDS } from '@/components/forms/activity-words'
import { FilterRow } from '@/components/shell/filter-row'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { resolveRange } from '@/components/shell/range'
import { EmptyNoSource } from '@/components/states/empty-no-source'
import { LinkButton } from '@/components/ui/link-button'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import type { ActivityLine } from '@/lib/contracts/activity-lines'
import { withOrg } from '@/lib/db/with-org'
import { activityLines } from '@/lib/registry/activity-lines'
import { freshness } from '@/lib/rollups/freshness'
import { formatPercent } from '@/lib/units/format'
import { PageTop } from '../../runs/_shared/page-top'
import { type AskedParams, queryOf, utcToday } from '../../runs/_shared/page-view'
import { counted } from '../../runs/_shared/words'
import { ActivitiesBand } from './activities-band'
import { ActivitiesTable } from './activities-table'

export const metadata: Metadata = { title: 'Activities' }

const DEFAULT_RANGE = 'fytd'

/** What weighs most, in words. */
const titleOf = (lines: readonly ActivityLine[]): string => {
  const counting = lines.filter((line) => !line.voided && line.kg !== null)
  const whole = counting.reduce((sum, line) => sum + (line.kg ?? 0), 0)
  const [first] = [...counting].sort((a, b) => (b.kg ?? 0) - (a.kg ?? 0))
  if (!first || whole === 0) return 'No line has a mass'
  return `${ACTIVITY_WORDS[first.kind]} weighs most: “${first.name.slice(0, 60)}”, ${formatPercent((first.kg ?? 0) / whole)}`
}

export default async function Activities({
  params,
  searchParams,
}: {
  params: Promise<{ org: string }>
  searchParams: Promise<AskedParams>
}) {
  const { org } = await params
  const { actor, organization } = await pageAccess(org)
  const asked = queryOf(await searchParams)
  const today = utcToday()
  const range = resolveRange(
    { range: asked.get('range'), from: asked.get('from'), to: asked.get('to') },
    { today, defaultKey: DEFAULT_RANGE },
  )
  const lines = await activityLines(actor.orgId, { from: range.from, to: range.to, withVoided: true })
  const anyAtAll = lines.length > 0 || (await activityLines(actor.orgId, { withVoided: true })).length > 0
  const fresh = await withOrg(actor, freshness)
  const canEdit = isAllowed(actor, 'activity:edit')
  const counting = lines.filter((line) => !line.voided)
  return (
    <>
      <PageTop org={organization} freshness={fresh} crumbs={[{ label: 'Activities' }]} />
      <FilterRow today={today} defaultRange={DEFAULT_RANGE} resultText={counted(lines.length, 'line')} />
      <Main>
        <PageHeader
          title="Activities"
          subtitle="What is no electricity: fuels, refrigerants, purchases, waste, water"
          actions={
            <>
              {anyAtAll && (
                <LinkButton href={`/api/v1/exports/activities.csv?org=${org}`} download size={28}>
                  Export CSV
                </LinkButton>
              )}
              {canEdit && (
                <>
                  <LinkButton href={`/o/${org}/activities/import`} size={28}>
                    Import CSV
                  </LinkButton>
                  <LinkButton href={`/o/${org}/activities/new`} size={28} tone="primary">
                    Add line
                  </LinkButton>
                </>
              )}
            </>
          }
        />
        {lines.length > 0 && <ActivitiesBand lines={counting} window={{ from: range.from, to: range.to }} />}
        <PanelGrid>
          <Panel
            title={
              anyAtAll ? (lines.length > 0 ? titleOf(lines) : 'No line touches these days') : 'No line is entered yet'
            }
            meta={
              anyAtAll
                ? 'Lines that touch these days, whole; a statement takes of each what its days give to the year. A correction is a revision'
                : 'Diesel of the generators, a leaking chiller, scrapped servers: what no meter sends'
            }
          >
            {lines.length > 0 ? (
              <ActivitiesTable org={org} lines={lines} />
            ) : anyAtAll ? (
              <p className="py-4 text-muted">
                Choose another range, or{' '}
                <Link href={`/o/${org}/activities?range=12m`} className="underline">
                  the last twelve months
                </Link>
                .
              </p>
            ) : (
              <EmptyNoSource
                sentence="Enter a quantity with a factor of the library, or a total as the supplier states it."
                action={
                  <LinkButton href={`/o/${org}/activities/${canEdit ? 'new' : ''}`} size={26}>
                    {canEdit ? 'Add the first line' : 'An analyst can add it'}
                  </LinkButton>
                }
                other={canEdit && <Link href={`/o/${org}/activities/import`}>Import a CSV</Link>}
              />
            )}
          </Panel>
        </PanelGrid>
      </Main>
    </>
  )
}
