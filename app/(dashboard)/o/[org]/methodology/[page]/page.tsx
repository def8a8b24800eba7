import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { blocksOf } from '@/components/prose/markdown-blocks'
import { wordsOf } from '@/components/prose/markdown-inline'
import { Prose } from '@/components/prose/prose'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { SpecLine } from '@/components/shell/spec-line'
import { cx } from '@/components/ui/cx'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { methodPage, methodPages } from '@/lib/reports/method-pages'
import { freshness } from '@/lib/rollups/freshness'
import { PageTop } from '../../runs/_shared/page-top'
import { grouped } from '../_shared/groups'
import { methodLinks } from '../_shared/links'

type Params = Promise<{ org: string; page: string }>

export const generateMetadata = async ({ params }: { params: Params }): Promise<Metadata> => ({
  title: (await methodPage((await params).page))?.title ?? 'Methodology',
})

export default async function MethodologyPage({ params }: { params: Params }) {
  const { org, page: slug } = await params
  const { actor, organization } = await pageAccess(org)
  const [page, pages, fresh] = await Promise.all([methodPage(slug), methodPages(), withOrg(actor, freshness)])
  if (!page) notFound()
  const links = methodLinks(
    org,
    pages.map((one) => one.slug),
  )
  const [, ...rest] = blocksOf(page.markdown)
  // The head of the page is told above; its text repeats it.
  const body =
    rest[0]?.kind === 'paragraph' && wordsOf(rest[0].children).startsWith('Method version') ? rest.slice(1) : rest
  const parts = body.flatMap((block) => (block.kind === 'heading' && block.level === 2 ? [block] : []))
  // A wide table needs the whole width.
  const aside = parts.length > 1 && !body.some((block) => block.kind === 'table' && block.head.length > 6)
  const ordered = grouped(pages).flatMap((group) => group.pages)
  const at = ordered.findIndex((one) => one.slug === slug)
  const [before, after] = [ordered[at - 1], at === -1 ? undefined : ordered[at + 1]]
  return (
    <>
      <PageTop
        org={organization}
        freshness={fresh}
        crumbs={[{ label: 'Methodology', href: `/o/${org}/methodology` }, { label: page.title }]}
      />
      <Main>
        <PageHeader title={page.title} subtitle={page.clause ?? undefined}>
          <SpecLine
            specs={[
              ...(page.version ? [{ label: 'Method version', value: page.version }] : []),
              ...(page.code.length > 0 ? [{ label: 'Code', value: page.code.join(', ') }] : []),
            ]}
          />
        </PageHeader>
        <div className={cx('grid gap-x-10 border-t border-rule pt-2', aside && '@4xl:grid-cols-[minmax(0,1fr)_200px]')}>
          <article aria-label={page.title}>
            <Prose blocks={body} {...links} />
          </article>
          {aside && (
            <nav aria-label="On this page" className="hidden text-meta @4xl:block">
              <p className="mt-3 mb-1 text-muted">On this page</p>
              <ul>
                {parts.map((part) => (
                  <li key={part.anchor}>
                    <a href={`#${part.anchor}`} className="inline-block py-1">
                      {wordsOf(part.children)}
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
          )}
        </div>
        <nav
          aria-label="Pages of the method"
          className="mt-10 flex flex-wrap justify-between gap-4 border-t border-hairline pt-3 text-meta"
        >
          <span>
            {before && (
              <>
                <span className="text-muted">Before: </span>
                <Link href={`/o/${org}/methodology/${before.slug}`} className="inline-block py-1">
                  {before.title}
                </Link>
              </>
            )}
          </span>
          <span>
            {after && (
              <>
                <span className="text-muted">Next: </span>
                <Link href={`/o/${org}/methodology/${after.slug}`} className="inline-block py-1">
                  {after.title}
                </Link>
              </>
            )}
          </span>
        </nav>
      </Main>
    </>
  )
}
