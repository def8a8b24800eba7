import type { Metadata } from 'next'
import { DimensionDetail } from '../../runs/_shared/dimension-detail'
import type { AskedParams } from '../../runs/_shared/page-view'
import { nameOf } from '../../runs/_shared/require-name'

interface Params {
  org: string
  team: string
}

// The name is the address's own; nothing is looked up for a title.
export async function generateMetadata({ params }: { params: Promise<Params> }): Promise<Metadata> {
  const name = nameOf((await params).team)
  return { title: name === 'unassigned' ? 'Unassigned' : name }
}

export default async function Team({
  params,
  searchParams,
}: {
  params: Promise<Params>
  searchParams: Promise<AskedParams>
}) {
  const asked = await params
  return <DimensionDetail org={asked.org} kind="team" name={nameOf(asked.team)} asked={await searchParams} />
}
