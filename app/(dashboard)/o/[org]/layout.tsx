import type { ReactNode } from 'react'
import { AppFrame } from '@/components/shell/app-frame'
import { navGroups } from '@/components/shell/nav-groups'
import { METHOD_VERSION } from '@/lib/accounting/entries'
import { pageAccess } from '@/lib/auth/page'
import packageJson from '@/package.json'

export default async function OrganizationLayout({
  children,
  params,
}: {
  children: ReactNode
  params: Promise<{ org: string }>
}) {
  const { org } = await params
  const { organization, organizations, person, actor } = await pageAccess(org)
  return (
    <AppFrame
      org={organization}
      orgs={organizations}
      groups={navGroups(org)}
      user={{ name: person.name ?? person.email ?? 'Signed in', role: actor.role }}
      methodVersion={METHOD_VERSION}
      appVersion={packageJson.version}
    >
      {children}
    </AppFrame>
  )
}
