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
import { ConnectPanel } from './connect-panel'
import { originOfRequest } from './origin'
import { SourceBoard } from './source-board'
import { stateOf } from './source-words'

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
  const live = answer.sources.filter((source) => stateOf(source, answer.now).word === 'Live').length
  const unmapped = experiments.filter((one) => one.team === null).length
  const canEdit = isAllowed(actor, 'site:edit')
  return (
    <>
      <PageTop org={organization} freshness={fresh} crumbs={[{ label: 'Sources' }]} />
      <Main>
        <PageHeader
          title="Sources"
          subtitle={
            answer.sources.length === 0
              ? 'Who sends energy, whether it still arrives, and what was refused'
              : `${counted(answer.sources.length, 'source')}, ${live === 0 ? 'none' : live} live. Live: a request in the last 15 minutes; silent: none for a day`
          }
        />
        <PanelGrid>
          {answer.sources.length === 0 ? (
            <Panel title="Nothing has been sent yet" meta="Figures appear within seconds of the first readings">
              <EmptyNoSource
                sentence="Make a key with the scope ingest, then paste one of the requests below."
                action={
                  <LinkButton href={`/o/${org}/keys`} size={26} tone="primary">
                    Make an API key
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
            >
              <ExperimentTable org={org} experiments={experiments} sites={sites} canEdit={canEdit} />
            </Panel>
          )}
          <ConnectPanel org={org} origin={await originOfRequest()} />
        </PanelGrid>
      </Main>
    </>
  )
}
