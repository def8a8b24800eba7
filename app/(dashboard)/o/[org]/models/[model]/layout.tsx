import type { ReactNode } from 'react'
import { requireName } from '../../runs/_shared/require-name'

export default async function ModelLayout({
  children,
  params,
}: {
  children: ReactNode
  params: Promise<{ org: string; model: string }>
}) {
  const asked = await params
  await requireName(asked.org, 'model', asked.model)
  return children
}
