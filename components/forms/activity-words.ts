import { ACTIVITY_KINDS, ACTIVITY_SCOPES, type ActivityKind } from '@/lib/contracts/activity-lines'
import type { SelectOption } from '../ui/select'

export const ACTIVITY_WORDS: Record<ActivityKind, string> = {
  fuel: 'Fuel burnt',
  refrigerant: 'Refrigerant leaked',
  purchase: 'Purchase',
  waste: 'Waste',
  water: 'Water',
  cloud_statement: 'Cloud statement',
  sold_product: 'Use of sold products',
  other: 'Other',
}

export const activityKindOptions: SelectOption[] = ACTIVITY_KINDS.map((value) => ({
  value,
  label: ACTIVITY_WORDS[value],
}))

/** Categories of Scope 3, as the GHG Protocol names them. */
export const CATEGORY_WORDS: Record<number, string> = {
  1: 'Purchased goods and services',
  2: 'Capital goods',
  3: 'Fuel- and energy-related activities',
  4: 'Upstream transportation',
  5: 'Waste generated in operations',
  6: 'Business travel',
  7: 'Employee commuting',
  8: 'Upstream leased assets',
  9: 'Downstream transportation',
  10: 'Processing of sold products',
  11: 'Use of sold products',
  12: 'End of life of sold products',
  13: 'Downstream leased assets',
  14: 'Franchises',
  15: 'Investments',
}

/** `Scope 1`, `Scope 3, category 5`. */
export const placeWords = (scope: number, category: number | null): string =>
  category === null ? `Scope ${scope}` : `Scope ${scope}, category ${category}`

export const categoryOptions = (kind: ActivityKind): SelectOption[] =>
  (ACTIVITY_SCOPES[kind]?.categories ?? Object.keys(CATEGORY_WORDS).map(Number)).map((category) => ({
    value: String(category),
    label: `${category}  ${CATEGORY_WORDS[category]}`,
  }))
