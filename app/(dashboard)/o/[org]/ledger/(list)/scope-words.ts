import type { ScopeOfLine } from '@/lib/contracts/ledger'

/** `Scope 2`, `Scope 3, cat. 1`, `Screening` */
export const scopeWords = (scope: ScopeOfLine): string =>
  scope.scope === null
    ? 'Screening'
    : scope.category === null
      ? `Scope ${scope.scope}`
      : `Scope ${scope.scope}, cat. ${scope.category}`

export const scopeMeaning = (scope: ScopeOfLine): string => {
  if (scope.scope === null) return 'Life-cycle intensity: a screening figure, kept out of Scope 2'
  const method = scope.method === 'location_based' ? ', location-based' : ''
  return `${scopeWords(scope)}${method}${scope.subline ? `: ${scope.subline}` : ''}`
}
