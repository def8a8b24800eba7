import { z } from 'zod'
import { type LedgerFilters, ledgerFiltersOf } from '@/lib/contracts/ledger'
import { AppError } from '@/lib/errors'
import type { LedgerFilter } from '@/lib/rollups/ledger-filter'

/** The filter of a ledger request: its parsed query, and the keys that may be repeated. @throws AppError bad_request */
export const ledgerFilterOf = (
  request: Request,
  { from, to, run, gap }: Pick<LedgerFilter, 'from' | 'to' | 'run' | 'gap'>,
): LedgerFilter => {
  const filters = readFilters(new URL(request.url).searchParams)
  return { from, to, ...filters, ...(run ? { run } : {}), ...(gap ? { gap } : {}) }
}

const readFilters = (search: URLSearchParams): LedgerFilters => {
  try {
    return ledgerFiltersOf(search)
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    throw new AppError('bad_request', 'The query does not match its schema.', {
      cause: error,
      issues: error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
    })
  }
}
