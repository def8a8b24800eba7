import type { Metadata } from 'next'
import Link from 'next/link'
import { ExperimentTable } from '@/components/forms/experiment-table'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { EmptyNoSource } from '@/components/states/empty-no-source'
import { LinkButton } from '@/components/ui/link-button'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { experimentViews } from '@/lib/registry/edit-experiment'
import { freshness } from '@/lib/rollups/freshness'
import { sourcesAnswer } from '@/lib/rollups/sources'
import { filterOptions } from '@/lib/rollups/totals-options'
import { PageTop } from '../runs/_shared/page-top'
import { counted } from '../runs/_shared/words'
import { SourceBoard } from './source-board'

export const metadata: Metadata = { title: 'Sources' }

export default async function Sources({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const { actor, organization } = await pageAccess(org)
  const { answer, fresh, sites } = await withOrg(actor, async (tx) => ({
    answer: await sourcesAnswer(tx),
    fresh: await freshness(tx),
    sites: (await filterOptions(tx)).site,
  }))
  const experiments = await experimentViews(actor.orgId)
  const unmapped = experiments.filter((one) => one.team === null).length
  const canEdit = isAllowed(actor, 'site:edit')
  return (
    <>
      <PageTop org={organization} freshness={fresh} crumbs={[{ label: 'Sources' }]} />
      <Main>
        <PageHeader
          title="Sources"
          subtitle="Who sends energy, whether it still arrives, and what was refused"
          actions={
            <>
              <LinkButton href={`/o/${org}/sources/connectors`}>Connectors</LinkButton>
              <LinkButton href={`/o/${org}/sources/footprints`}>Cloud footprints</LinkButton>
              <LinkButton href={`/o/${org}/sources/add`} tone="primary">
                Add a source
              </LinkButton>
            </>
          }
        />
        <PanelGrid>
          {answer.sources.length === 0 ? (
            <Panel title="Nothing has been sent yet" meta="Figures appear within seconds of the first readings">
              <EmptyNoSource
                sentence="Choose what you already run: its configuration is ready to paste."
                action={
                  <LinkButton href={`/o/${org}/sources/add`} size={26}>
                    Add a source
                  </LinkButton>
                }
                other={<Link href={`/o/${org}/grid`}>Import grid hours</Link>}
              />
            </Panel>
          ) : (
            <SourceBoard org={org} initial={answer} />
          )}
          {experiments.length > 0 && (
            <Panel
              title={
                unmapped === 0
                  ? `${counted(experiments.length, 'CodeCarbon experiment')}, all mapped to a team`
                  : `${counted(unmapped, 'CodeCarbon experiment')} of ${experiments.length} without a team`
              }
              meta={
                canEdit
                  ? 'Its client sends no team, model or stage: they are said here, for readings that arrive from now on'
                  : 'Its client sends no team, model or stage. Mapping needs the owner, admin or analyst role; an owner or admin can give it'
              }
              tools={
                <LinkButton href={`/o/${org}/sources/add/codecarbon`} size={26}>
                  Upload emissions.csv
                </LinkButton>
              }
            >
              <ExperimentTable org={org} experiments={experiments} sites={sites} canEdit={canEdit} />
            </Panel>
          )}
        </PanelGrid>
      </Main>
    </>
  )
}
