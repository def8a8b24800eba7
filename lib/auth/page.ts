import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import type { Actor } from './actor'
import { type OrganizationOfPerson, organizationsOf, type SignedIn, signedIn } from './session'

export interface PageAccess {
  actor: Extract<Actor, { kind: 'user' }>
  person: SignedIn
  organization: OrganizationOfPerson
  organizations: OrganizationOfPerson[]
}

/**
 * Who looks at a page of this organisation. Every page asks; the layout's question is not enough, because a page can be fetched
 * without it. No session → sign-in; no membership and no such organisation are one answer.
 */
export const pageAccess = cache(async (slug: string): Promise<PageAccess> => {
  const person = await signedIn()
  if (!person) {
    const path = (await headers()).get('x-path') ?? `/o/${slug}/home`
    redirect(`/sign-in?callbackUrl=${encodeURIComponent(path)}`)
  }
  const organizations = await organizationsOf(person.userId)
  const organization = organizations.find((candidate) => candidate.slug === slug)
  if (!organization) notFound()
  return {
    actor: { kind: 'user', orgId: organization.orgId, userId: person.userId, role: organization.role },
    person,
    organization,
    organizations,
  }
})
