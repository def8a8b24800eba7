import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { pageAccess } from '@/lib/auth/page'
import { methodPage } from '@/lib/reports/method-pages'

/** Asked above the skeleton: once a page streams, its status is 200 and an unknown page could no longer be a 404. */
export default async function MethodologyLayout({
  children,
  params,
}: {
  children: ReactNode
  params: Promise<{ org: string; page: string }>
}) {
  const { org, page } = await params
  await pageAccess(org)
  if (!(await methodPage(page))) notFound()
  return children
}
