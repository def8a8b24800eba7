import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { pageAccess } from '@/lib/auth/page'
import { yearOf } from '@/lib/contracts/statement'

/** Asked above the skeleton: once a page streams, its status is 200 and what is no year could no longer be a 404. */
export default async function StatementLayout({
  children,
  params,
}: {
  children: ReactNode
  params: Promise<{ org: string; year: string }>
}) {
  const { org, year } = await params
  if (yearOf(year) === null) notFound()
  await pageAccess(org)
  return children
}
