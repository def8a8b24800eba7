import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PanelGrid } from '@/components/ui/panel'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { sourceOf } from '../source-of'
import { MappingEditor } from './mapping-editor'

export const metadata: Metadata = { title: 'Mapping' }

export default async function Mapping({ params }: { params: Promise<{ org: string; source: string }> }) {
  const { org, source: id } = await params
  const { actor, organization } = await pageAccess(org)
  const { source } = await sourceOf(org, id)
  // Other protocols say themselves which workload they are of.
  if (!['prometheus', 'otlp', 'pushgateway'].includes(source.protocol)) notFound()
  return (
    <PanelGrid>
      <MappingEditor
        org={org}
        source={id}
        refusal={
          isAllowed(actor, 'site:edit')
            ? undefined
            : `Changing it needs the owner, admin or analyst role. An owner or admin of ${organization.name} can give it.`
        }
      />
    </PanelGrid>
  )
}
