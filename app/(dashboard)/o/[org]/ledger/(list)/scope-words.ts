import type { LedgerLine, ScopeOfLine } from '@/lib/contracts/ledger'
import { rowWords } from '@/lib/reports/words'

/** `Scope 2`, `Scope 2, market`, `Scope 3, cat. 1`, `Screening`, `Memo` */
export const scopeWords = (scope: ScopeOfLine): string => {
  if (scope.row_code === 'embodied-memo') return 'Memo'
  if (scope.row_code === 's3-11-apart') return 'Not counted'
  if (scope.scope === null) return 'Screening'
  if (scope.category !== null) return `Scope ${scope.scope}, cat. ${scope.category}`
  return scope.method === 'market_based' ? 'Scope 2, market' : `Scope ${scope.scope}`
}

export const scopeMeaning = (scope: ScopeOfLine): string => {
  if (scope.row_code === 'embodied-memo' || scope.row_code === 's3-11-apart') return rowWords(scope.row_code)
  if (scope.scope === null) return 'Life-cycle intensity: a screening figure, kept out of Scope 2'
  const method =
    scope.method === 'location_based' ? ', location-based' : scope.method === 'market_based' ? ', market-based' : ''
  return `${scopeWords(scope).replace(', market', '')}${method}${scope.subline ? `: ${scope.subline}` : ''}`
}

export const MEASURE_WORDS: Record<LedgerLine['measure'], string> = {
  operational: 'Electricity',
  loss: 'Grid losses',
  upstream: 'Upstream',
  embodied: 'Embodied, memo',
  activity: 'Activities',
  capital: 'Hardware bought',
}
