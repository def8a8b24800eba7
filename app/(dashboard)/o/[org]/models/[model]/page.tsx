import type { Metadata } from 'next'
import { UNASSIGNED } from '@/lib/rollups/cube-filter'
import { DimensionDetail } from '../../runs/_shared/dimension-detail'
import type { AskedParams } from '../../runs/_shared/page-view'
import { nameOf } from '../../runs/_shared/require-name'
import { ModelDetail } from './model-detail'

interface Params {
  org: string
  model: string
}

// The name is the address's own; nothing is looked up for a title.
export async function generateMetadata({ params }: { params: Promise<Params> }): Promise<Metadata> {
  const name = nameOf((await params).model)
  return { title: name === 'unassigned' ? 'Unassigned' : name }
}

export default async function Model({
  params,
  searchParams,
}: {
  params: Promise<Params>
  searchParams: Promise<AskedParams>
}) {
  const asked = await params
  const name = nameOf(asked.model)
  // What names no model has no life of its own: a window of it is shown, as of a team.
  return name === UNASSIGNED ? (
    <DimensionDetail org={asked.org} kind="model" name={name} asked={await searchParams} />
  ) : (
    <ModelDetail org={asked.org} name={name} asked={await searchParams} />
  )
}
