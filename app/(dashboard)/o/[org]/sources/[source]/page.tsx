import type { Metadata } from 'next'
import { LinkButton } from '@/components/ui/link-button'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { pageAccess } from '@/lib/auth/page'
import { kindOfProtocol } from '../_setup/kinds'
import { SetupSteps } from '../_setup/setup-steps'
import { originOfRequest } from '../origin'
import { sourceOf } from './source-of'

export const metadata: Metadata = { title: 'Source setup' }

/** The configuration of its kind, with what its name needs: another sender of the same source is set up the same way. */
export default async function Setup({ params }: { params: Promise<{ org: string; source: string }> }) {
  const { org, source: id } = await params
  await pageAccess(org)
  const { source } = await sourceOf(org, id)
  const kind = kindOfProtocol(source.protocol)
  const steps = kind?.steps(await originOfRequest()) ?? []
  const isNamed = ['prometheus', 'otlp'].includes(source.protocol) && source.name !== source.protocol
  return (
    <PanelGrid>
      <Panel
        title={kind ? `How ${kind.name} sends` : 'Nothing sends to this source'}
        meta="Ready to paste; the key needs the scope ingest"
        tools={
          <LinkButton href={`/o/${org}/keys`} size={26}>
            API keys
          </LinkButton>
        }
      >
        {isNamed && (
          <p className="mb-4 max-w-[78ch]">
            A source is named after its key, or by <code className="font-mono">?source=</code> in the address. This one
            is <code className="font-mono break-all">{`?source=${encodeURIComponent(source.name)}`}</code>.
          </p>
        )}
        {steps.length > 0 && <SetupSteps steps={steps} />}
        {kind?.page && (
          <p className="mt-4 flex flex-wrap items-center gap-3">
            <LinkButton href={`/o/${org}/${kind.page.path}`}>{kind.page.label}</LinkButton>
            <span className="text-meta text-muted">{kind.page.says}</span>
          </p>
        )}
      </Panel>
    </PanelGrid>
  )
}
