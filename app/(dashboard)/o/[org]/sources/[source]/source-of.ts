import { notFound } from 'next/navigation'
import { cache } from 'react'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { freshness } from '@/lib/rollups/freshness'
import { sourcesAnswer } from '@/lib/rollups/sources'

/** The source of an address, asked once for the layout and the page inside it; another organisation's is not found. */
export const sourceOf = cache(async (org: string, id: string) => {
  const access = await pageAccess(org)
  const { answer, fresh } = await withOrg(access.actor, async (tx) => ({
    answer: await sourcesAnswer(tx),
    fresh: await freshness(tx),
  }))
  const source = answer.sources.find((one) => one.source_id === id)
  if (!source) notFound()
  return { ...access, answer, fresh, source }
})
