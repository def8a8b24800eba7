import type { Metadata } from 'next'
import { DimensionList } from '../../runs/_shared/dimension-list'
import type { AskedParams } from '../../runs/_shared/page-view'
import { LifePanel } from './life-panel'

export const metadata: Metadata = { title: 'Models' }

export default async function Models({
  params,
  searchParams,
}: {
  params: Promise<{ org: string }>
  searchParams: Promise<AskedParams>
}) {
  const { org } = await params
  return (
    <DimensionList org={org} kind="model" asked={await searchParams}>
      <LifePanel org={org} />
    </DimensionList>
  )
}
