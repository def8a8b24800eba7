import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { pageAccess } from '@/lib/auth/page'
import { factorPathSchema } from '@/lib/contracts/factors'
import { factorExists } from '@/lib/rollups/factor-detail'

/** Asked above the skeleton: once a page streams, its status is 200 and an unknown factor could no longer be a 404. */
export default async function FactorLayout({
  children,
  params,
}: {
  children: ReactNode
  params: Promise<{ org: string; factor: string }>
}) {
  const { org, factor } = await params
  const { actor } = await pageAccess(org)
  const id = factorPathSchema.safeParse(factor).data
  if (id === undefined || !(await factorExists({ orgId: actor.orgId, id }))) notFound()
  return children
}
