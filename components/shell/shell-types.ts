import type { NavGroup } from './nav-groups'

export interface OrgChoice {
  slug: string
  name: string
  /** Synthetic data: ribbon and badge on every page. */
  isDemo: boolean
}

export interface ShellProps {
  org: OrgChoice
  /** All organisations the user belongs to. */
  orgs: readonly OrgChoice[]
  groups: readonly NavGroup[]
  user: { name: string; role: string }
}
