import type { ReactNode } from 'react'
import { requireName } from '../../runs/_shared/require-name'

export default async function TeamLayout({
  children,
  params,
}: {
  children: ReactNode
  params: Promise<{ org: string; team: string }>
}) {
  const asked = await params
  await requireName(asked.org, 'team', asked.team)
  return children
}
