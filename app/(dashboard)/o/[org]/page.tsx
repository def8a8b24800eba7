import { redirect } from 'next/navigation'

export default async function OrganizationStart({ params }: { params: Promise<{ org: string }> }) {
  redirect(`/o/${(await params).org}/home`)
}
