import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ExplainSheet } from '@/components/explain/explain-sheet'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { pageAccess } from '@/lib/auth/page'
import { readAddress } from '@/lib/contracts/explain'
import { withOrg } from '@/lib/db/with-org'
import { AppError } from '@/lib/errors'
import { explain } from '@/lib/reports/explain/explain'
import { freshness } from '@/lib/rollups/freshness'
import { PageTop } from '../runs/_shared/page-top'

export const metadata: Metadata = { title: 'Explain this number' }

/** The page that an exported figure points to, for reading and for paper: `?address=` as the CSV row or PDF cell carries it. */
export default async function ExplainPage({
  params,
  searchParams,
}: {
  params: Promise<{ org: string }>
  searchParams: Promise<{ address?: string | string[] }>
}) {
  const { org } = await params
  const { actor, organization } = await pageAccess(org)
  const { address } = await searchParams
  const asked = Array.isArray(address) ? address[0] : address
  const fresh = await withOrg(actor, freshness)
  const answer = asked === undefined ? null : await answerOf(actor, asked)
  return (
    <>
      <PageTop org={organization} freshness={fresh} crumbs={[{ label: 'Explain this number' }]} />
      <Main>
        <PageHeader title="Explain this number" subtitle={answer?.address} />
        {answer ? (
          <div className="max-w-3xl border-t border-rule pt-4">
            <ExplainSheet org={org} answer={answer} open />
          </div>
        ) : (
          <div className="max-w-xl">
            <p>
              Every figure of this organisation has an address: on a page it is behind the ƒ, in an export it stands in
              the column <code>explain_url</code>. Open one of those, or press <kbd>w</kbd> on a figure.
            </p>
          </div>
        )}
      </Main>
    </>
  )
}

const answerOf = async (actor: { orgId: string }, address: string) => {
  try {
    return await explain(actor, readAddress(address))
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound()
    throw error
  }
}
