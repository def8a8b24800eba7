import { redirect } from 'next/navigation'
import { PlainPage } from '@/components/states/plain-page'
import { organizationsOf, signedIn } from '@/lib/auth/session'

export const dynamic = 'force-dynamic'

export default async function Start() {
  const person = await signedIn()
  if (!person) redirect('/sign-in')
  const [first] = await organizationsOf(person.userId)
  if (first) redirect(`/o/${first.slug}/home`)
  return (
    <PlainPage title="No organisation yet">
      You are signed in, but belong to no organisation. Ask an owner to add {person.email}.
    </PlainPage>
  )
}
