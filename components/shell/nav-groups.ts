export interface NavItem {
  label: string
  /** Two letters for the rail. */
  short: string
  href: string
  /** Only where action is due. */
  dueCount?: number
}

export interface NavGroup {
  label?: string
  items: readonly NavItem[]
}

/** What works, and nothing else. */
export const navGroups = (orgSlug: string): NavGroup[] => {
  const at = (path: string) => `/o/${orgSlug}/${path}`
  return [
    { items: [{ label: 'Home', short: 'Ho', href: at('home') }] },
    {
      label: 'Measure',
      items: [
        { label: 'Runs', short: 'Ru', href: at('runs') },
        { label: 'Models', short: 'Mo', href: at('models') },
        { label: 'Teams', short: 'Te', href: at('teams') },
      ],
    },
    {
      label: 'Places',
      items: [
        { label: 'Sites', short: 'Si', href: at('sites') },
        { label: 'Grid', short: 'Gr', href: at('grid') },
      ],
    },
    {
      label: 'Report',
      items: [
        { label: 'Disclosures', short: 'Di', href: at('reports') },
        { label: 'Ledger', short: 'Le', href: at('ledger') },
      ],
    },
    {
      label: 'Connect',
      items: [
        { label: 'Sources', short: 'So', href: at('sources') },
        { label: 'API keys', short: 'AP', href: at('keys') },
      ],
    },
  ]
}
