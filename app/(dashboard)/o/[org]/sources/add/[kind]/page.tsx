import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CodecarbonUpload } from '@/components/forms/codecarbon-upload'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { Forbidden } from '@/components/states/forbidden'
import { LinkButton } from '@/components/ui/link-button'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { freshness } from '@/lib/rollups/freshness'
import { sourcesAnswer } from '@/lib/rollups/sources'
import { PageTop } from '../../../runs/_shared/page-top'
import { FirstEvent } from '../../_setup/first-event'
import { KeyStep } from '../../_setup/key-step'
import { SETUP_KINDS } from '../../_setup/kinds'
import { SetupSteps } from '../../_setup/setup-steps'
import { originOfRequest } from '../../origin'

export const metadata: Metadata = { title: 'Add a source' }

export default async function AddKind({ params }: { params: Promise<{ org: string; kind: string }> }) {
  const { org, kind: id } = await params
  const { actor, organization } = await pageAccess(org)
  const kind = SETUP_KINDS.find((one) => one.id === id)
  if (!kind) notFound()
  const { fresh, sources } = await withOrg(actor, async (tx) => ({
    fresh: await freshness(tx),
    sources: await sourcesAnswer(tx),
  }))
  const steps = kind.steps(await originOfRequest())
  const sends = kind.protocols.length > 0
  const canMakeKeys = isAllowed(actor, 'key:manage')
  // A connector fetches with a key of the other side; ours is for those who send.
  const needsKey = sends && kind.id !== 'mlflow'
  const number = (at: number) => (needsKey ? `${at}. ` : '')
  return (
    <>
      <PageTop
        org={organization}
        freshness={fresh}
        crumbs={[
          { label: 'Sources', href: `/o/${org}/sources` },
          { label: 'Add', href: `/o/${org}/sources/add` },
          { label: kind.name },
        ]}
      />
      <Main>
        <PageHeader title={kind.name} subtitle={kind.says} />
        <PanelGrid>
          {needsKey && (
            <Panel title="1. A key" meta="Shown once; the database holds its digest">
              <KeyStep
                org={org}
                refusal={canMakeKeys ? undefined : 'Keys are made by an owner or admin of the organisation.'}
              />
            </Panel>
          )}
          {steps.length > 0 && (
            <Panel title={`${number(2)}The configuration`} meta="Ready to paste; the address is this organisation's">
              <SetupSteps steps={steps} />
            </Panel>
          )}
          {kind.id === 'codecarbon' && (
            <Panel
              title="Or files of runs that are over"
              meta="emissions.csv as the client writes it; tried before anything is stored"
            >
              {isAllowed(actor, 'ingest') ? (
                <CodecarbonUpload org={org} />
              ) : (
                <Forbidden
                  needs="owner, admin or ML"
                  grant={`You are here as ${actor.role}. An owner or admin of ${organization.name} can give you the role.`}
                />
              )}
            </Panel>
          )}
          {kind.page && kind.id !== 'codecarbon' && (
            <Panel title={needsKey ? 'Or' : 'Where it is done'}>
              <p className="mb-2.5 max-w-[78ch]">{kind.page.says}</p>
              <LinkButton href={`/o/${org}/${kind.page.path}`} tone={needsKey ? 'secondary' : 'primary'}>
                {kind.page.label}
              </LinkButton>
            </Panel>
          )}
          {sends && (
            <Panel title={`${number(3)}The first event`} meta="Figures appear within seconds of the first readings">
              <FirstEvent org={org} initial={sources} protocols={kind.protocols} />
            </Panel>
          )}
        </PanelGrid>
      </Main>
    </>
  )
}
