/** The order in which a reader meets the method; a page that no group names stands under its own heading at the end. */
export const GROUPS: { title: string; pages: string[] }[] = [
  { title: 'Energy', pages: ['energy-counter', 'energy-power', 'energy-modelled', 'unallocated'] },
  { title: 'Facility', pages: ['overhead', 'facility', 'ratios', 'water'] },
  {
    title: 'Electricity',
    pages: [
      'intensity-tiers',
      'location-based',
      'market-based',
      'residual-mix',
      'instruments',
      'hourly-matching',
      'upstream',
      'grid-losses',
    ],
  },
  { title: 'Hardware', pages: ['embodied', 'embodied-bottom-up', 'capital-goods', 'end-of-life'] },
  { title: 'Other activities', pages: ['activities', 'gases', 'fuels', 'refrigerants'] },
  {
    title: 'Models, services and allocation',
    pages: ['allocation', 'life-cycle', 'functional-units', 'sci', 'efficiency', 'avoided'],
  },
  {
    title: 'Boundary and reporting',
    pages: ['boundary', 'scopes', 'statement', 'base-year', 'carbon-price', 'comparisons'],
  },
  { title: 'How good a figure is', pages: ['factor-versions', 'uncertainty', 'data-quality', 'rounding', 'accuracy'] },
]

export const CHANGES = 'changes'

export const grouped = <Page extends { slug: string }>(pages: readonly Page[]): { title: string; pages: Page[] }[] => {
  const known = new Set(GROUPS.flatMap((group) => group.pages))
  const groups = GROUPS.map(({ title, pages: slugs }) => ({
    title,
    pages: slugs.flatMap((slug) => pages.find((page) => page.slug === slug) ?? []),
  }))
  const rest = pages.filter((page) => !known.has(page.slug) && page.slug !== CHANGES)
  return [...groups, { title: 'Further pages', pages: rest }].filter((group) => group.pages.length > 0)
}
