import type { Metadata } from 'next'
import { DimensionList } from '../../runs/_shared/dimension-list'
import type { AskedParams } from '../../runs/_shared/page-view'

export const metadata: Metadata = { title: 'Teams' }

export default async function Teams({
  params,
  searchParams,
}: {
  params: Promise<{ org: string }>
  searchParams: Promise<AskedParams>
}) {
  const { org } = await params
  return <DimensionList org={org} kind="team" asked={await searchParams} />
}
