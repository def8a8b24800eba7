import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { runFacts } from '@/lib/rollups/run-facts'

/** Asked above the skeleton: once a page streams, its status is 200 and an unknown service could no longer be a 404. */
export default async function ServiceLayout({
  children,
  params,
}: {
  children: ReactNode
  params: Promise<{ org: string; service: string }>
}) {
  const { org, service } = await params
  const { actor } = await pageAccess(org)
  const facts = await withOrg(actor, (tx) => runFacts(tx, service))
  if (!facts?.is_service) notFound()
  return children
}
