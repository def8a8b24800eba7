import type { Metadata } from 'next'
import { PlainPage } from '@/components/states/plain-page'
import { LinkButton } from '@/components/ui/link-button'

export const metadata: Metadata = { title: 'Nothing here' }

// One answer for what does not exist and for what belongs to others: the difference would tell.
export default function NotFound() {
  return (
    <PlainPage title="Nothing here, or you may not see it">
      <p className="mb-4 text-muted">
        Check the address. Ids are copied whole, and each belongs to one organisation; switch to it first.
      </p>
      <LinkButton href="/" prefetch={false}>
        Go to home
      </LinkButton>
    </PlainPage>
  )
}
