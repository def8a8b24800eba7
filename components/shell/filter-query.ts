/** Filters of the URL, in the order in which they are written. */
export const FILTER_KEYS = ['team', 'model', 'site', 'stage', 'deployment', 'zone'] as const
export type FilterKey = (typeof FILTER_KEYS)[number]

export const FILTER_LABEL: Record<FilterKey, string> = {
  team: 'Team',
  model: 'Model',
  site: 'Site',
  stage: 'Stage',
  deployment: 'Deployment',
  zone: 'Zone',
}

export interface FilterField {
  key: FilterKey
  options: readonly { value: string; label: string; hint?: string }[]
}

export interface ActiveFilter {
  key: FilterKey
  value: string
  label: string
  /** Not among the options of this page. */
  dead: boolean
}

/** Everything the query asks for; what names nothing here is kept as dead, never dropped and never an error. */
export const activeFilters = (query: URLSearchParams, fields: readonly FilterField[]): ActiveFilter[] =>
  FILTER_KEYS.flatMap((key) =>
    [...new Set(query.getAll(key))].map((value) => {
      const option = fields.find((field) => field.key === key)?.options.find((one) => one.value === value)
      return { key, value, label: option?.label ?? value, dead: option === undefined }
    }),
  )

/** Sorted keys, repeated for several values; an empty query has no question mark. */
export const addressOf = (pathname: string, query: URLSearchParams): string => {
  const sorted = new URLSearchParams([...query.entries()].sort(([a], [b]) => a.localeCompare(b)))
  const text = sorted.toString()
  return text ? `${pathname}?${text}` : pathname
}

export const withFilter = (query: URLSearchParams, key: FilterKey, value: string): URLSearchParams => {
  const next = new URLSearchParams(query)
  if (!next.getAll(key).includes(value)) next.append(key, value)
  return next
}

export const withoutFilter = (query: URLSearchParams, key: string, value?: string): URLSearchParams => {
  const next = new URLSearchParams()
  for (const [name, held] of query) if (name !== key || (value !== undefined && held !== value)) next.append(name, held)
  return next
}
