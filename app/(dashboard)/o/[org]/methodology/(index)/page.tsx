import type { Metadata } from 'next'
import Link from 'next/link'
import { blocksOf } from '@/components/prose/markdown-blocks'
import { Prose } from '@/components/prose/prose'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { LinkButton } from '@/components/ui/link-button'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { METHOD_VERSION } from '@/lib/accounting/entries'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { methodPages } from '@/lib/reports/method-pages'
import { freshness } from '@/lib/rollups/freshness'
import { PageTop } from '../../runs/_shared/page-top'
import { counted } from '../../runs/_shared/words'
import { CHANGES, grouped } from '../_shared/groups'
import { methodLinks } from '../_shared/links'

export const metadata: Metadata = { title: 'Methodology' }

export default async function Methodology({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const { actor, organization } = await pageAccess(org)
  const [pages, fresh] = await Promise.all([methodPages(), withOrg(actor, freshness)])
  const slugs = pages.map(({ slug }) => slug)
  const links = methodLinks(org, slugs)
  const changes = pages.find(({ slug }) => slug === CHANGES)
  const formulas = pages.filter(({ slug }) => slug !== CHANGES)
  return (
    <>
      <PageTop org={organization} freshness={fresh} crumbs={[{ label: 'Methodology' }]} />
      <Main>
        <PageHeader
          title="Methodology"
          subtitle={`How every figure is computed: ${counted(formulas.length, 'page')}, each with its formula, symbols, units, clause and a worked example. Method version ${METHOD_VERSION}`}
          actions={
            slugs.includes('accuracy') ? (
              <LinkButton href={`/o/${org}/methodology/accuracy`}>Accuracy against published cases</LinkButton>
            ) : undefined
          }
        />
        <PanelGrid>
          {grouped(formulas).map((group) => (
            <Panel key={group.title} span={6} title={group.title}>
              <ul>
                {group.pages.map((page) => (
                  <li key={page.slug} className="border-b border-hairline py-2 last:border-b-0">
                    <Link href={`/o/${org}/methodology/${page.slug}`} className="-my-1 inline-block py-1 font-medium">
                      {page.title}
                    </Link>
                    {page.formula && (
                      <p className="mt-0.5 font-mono text-meta [overflow-wrap:anywhere] text-ink-2">{page.formula}</p>
                    )}
                    {page.clause && <p className="mt-0.5 text-meta text-muted">{page.clause}</p>}
                  </li>
                ))}
              </ul>
            </Panel>
          ))}
          {changes && (
            <Panel
              title="Change log of the method"
              meta="A changed formula is a new version; figures posted with an earlier one keep it until their day is posted again"
            >
              <Prose blocks={blocksOf(changes.markdown).slice(1)} {...links} />
            </Panel>
          )}
        </PanelGrid>
      </Main>
    </>
  )
}
