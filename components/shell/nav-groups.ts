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
        { label: 'Services', short: 'Se', href: at('services') },
        { label: 'Teams', short: 'Te', href: at('teams') },
        { label: 'Calculator', short: 'Ca', href: at('calculator') },
      ],
    },
    {
      label: 'Places',
      items: [
        { label: 'Sites', short: 'Si', href: at('sites') },
        { label: 'Hardware', short: 'Ha', href: at('hardware') },
        { label: 'Grid', short: 'Gr', href: at('grid') },
      ],
    },
    {
      label: 'Report',
      items: [
        { label: 'Disclosures', short: 'Di', href: at('reports') },
        { label: 'Ledger', short: 'Le', href: at('ledger') },
        { label: 'Instruments', short: 'In', href: at('instruments') },
        { label: 'Activities', short: 'Ac', href: at('activities') },
        { label: 'Boundary', short: 'Bo', href: at('boundary') },
      ],
    },
    {
      label: 'Trust',
      items: [
        { label: 'Factors', short: 'Fa', href: at('factors') },
        { label: 'Methodology', short: 'Me', href: at('methodology') },
      ],
    },
    {
      label: 'Connect',
      items: [
        { label: 'Sources', short: 'So', href: at('sources') },
        { label: 'API', short: 'AP', href: at('api') },
        { label: 'API keys', short: 'Ke', href: at('keys') },
      ],
    },
    { items: [{ label: 'Settings', short: 'St', href: at('settings') }] },
  ]
}
