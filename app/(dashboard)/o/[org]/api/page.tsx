import type { Metadata } from 'next'
import Link from 'next/link'
import { sectionsOf } from '@/components/api/api-view'
import { SectionList } from '@/components/api/section-list'
import { CodeBlock } from '@/components/forms/code-block'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { LinkButton } from '@/components/ui/link-button'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { freshness } from '@/lib/rollups/freshness'
import { PageTop } from '../runs/_shared/page-top'
import { originOfRequest } from '../sources/origin'
import { apiDocument } from './document'

export const metadata: Metadata = { title: 'API' }

export default async function Api({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const { actor, organization } = await pageAccess(org)
  const fresh = await withOrg(actor, freshness)
  const origin = await originOfRequest()
  const sections = sectionsOf(apiDocument())
  const count = sections.reduce((sum, { entries }) => sum + entries.length, 0)
  return (
    <>
      <PageTop org={organization} freshness={fresh} crumbs={[{ label: 'API' }]} />
      <Main>
        <PageHeader
          title="API"
          subtitle={`${count} operations. Every page, export and client uses these and no others`}
          actions={<LinkButton href="/api/v1/openapi.json">OpenAPI 3.1 document</LinkButton>}
        />
        <PanelGrid>
          <Panel
            span={6}
            title="A key says who asks"
            meta="A bearer token; it belongs to one organisation and has scopes"
          >
            <CodeBlock
              label="A first request"
              code={`curl '${origin}/api/v1/freshness' \\\n  -H "authorization: Bearer $WATTLEDGER_KEY"`}
            />
            <p className="mt-2.5 text-table text-ink-2">
              <code className="font-mono text-meta">ingest</code> sends,{' '}
              <code className="font-mono text-meta">read</code> reads,{' '}
              <code className="font-mono text-meta">admin</code> changes what figures rest on.{' '}
              <Link href={`/o/${org}/keys`}>Make a key</Link>
            </p>
          </Panel>
          <Panel
            span={6}
            title="What holds everywhere"
            meta="Shapes are checked: an unknown field is refused, not ignored"
          >
            <ul className="list-disc pl-4.5 text-table text-ink-2 marker:text-muted">
              <li>Times are ISO 8601 with an offset; intervals are half-open; days and hours are UTC.</li>
              <li>Units stand in the names of fields. Null is unknown, and never zero.</li>
              <li>
                A refusal is <code className="font-mono text-meta">application/problem+json</code> with a stable{' '}
                <code className="font-mono text-meta">code</code> and the places that are wrong.
              </li>
              <li>
                A POST with an <code className="font-mono text-meta">Idempotency-Key</code> is done once, however often
                it is sent. 429 and 503 may be sent again; other refusals may not.
              </li>
            </ul>
          </Panel>
        </PanelGrid>
        <div className="mt-7 gap-x-8 @4xl:columns-2">
          {sections.map((section) => (
            <Panel key={section.name} title={section.name} meta={section.says} className="mb-7">
              <SectionList org={org} section={section} />
            </Panel>
          ))}
        </div>
      </Main>
    </>
  )
}
