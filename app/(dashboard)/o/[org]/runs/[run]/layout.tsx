import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { runFacts } from '@/lib/rollups/run-facts'

/** Asked above the skeleton: once a page streams, its status is 200 and an unknown run could no longer be a 404. */
export default async function RunLayout({
  children,
  params,
}: {
  children: ReactNode
  params: Promise<{ org: string; run: string }>
}) {
  const { org, run } = await params
  const { actor } = await pageAccess(org)
  if (!(await withOrg(actor, (tx) => runFacts(tx, run)))) notFound()
  return children
}
