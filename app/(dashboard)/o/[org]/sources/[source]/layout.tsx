import type { ReactNode } from 'react'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { TabLinks } from '@/components/ui/tabs'
import { PageTop } from '../../runs/_shared/page-top'
import { protocolName, protocolSays, sourceName } from '../words'
import { SourceBand } from './source-band'
import { sourceOf } from './source-of'

export default async function SourceLayout({
  params,
  children,
}: {
  params: Promise<{ org: string; source: string }>
  children: ReactNode
}) {
  const { org, source: id } = await params
  const { organization, answer, fresh, source } = await sourceOf(org, id)
  const at = `/o/${org}/sources/${id}`
  const isMapped = ['prometheus', 'otlp', 'pushgateway'].includes(source.protocol)
  return (
    <>
      <PageTop
        org={organization}
        freshness={fresh}
        crumbs={[{ label: 'Sources', href: `/o/${org}/sources` }, { label: sourceName(source) }]}
      />
      <Main>
        <PageHeader
          title={sourceName(source)}
          subtitle={`${protocolName(source.protocol)}. ${protocolSays(source.protocol)}`}
        />
        <SourceBand org={org} id={id} initial={answer} />
        <TabLinks
          label="Source"
          tabs={[
            { label: 'Live tail', href: `${at}/tail` },
            { label: 'Rejected', href: `${at}/rejected` },
            ...(isMapped ? [{ label: 'Mapping', href: `${at}/mapping` }] : []),
            { label: 'Setup', href: at },
          ]}
        />
        {children}
      </Main>
    </>
  )
}
