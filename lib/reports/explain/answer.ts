import { factorAddress } from '@/lib/contracts/explain'
import type { ExplainAnswer, ExplainFactor } from '@/lib/contracts/explain-answer'
import type { ExplainedFactor } from '@/lib/rollups/explain-factors'
import { ROLE_UNIT, ROLE_WORDS } from './formulas'
import { NO_QUALITY } from './quality'

/** Pages of an answer's two long lists. */
export interface ExplainPage {
  linesAfter?: string
  readingsAfter?: string
}

/** What an answer says when nothing more is said. */
export const BARE: Omit<ExplainAnswer, 'address' | 'title' | 'context' | 'sentence' | 'figure' | 'formula'> = {
  inputs: [],
  derivation: { kind: 'none' },
  factors: [],
  lines: null,
  readings: null,
  quality: NO_QUALITY,
  allocations: [],
  revisions: [],
  facts: [],
  provisional: false,
}

export const wireFactor = (factor: ExplainedFactor): ExplainFactor => ({
  id: factor.id,
  version: factor.version,
  name: factor.name,
  role: ROLE_WORDS[factor.role] ?? factor.role,
  value: factor.value,
  least: factor.least,
  most: factor.most,
  unit: factor.unit ?? ROLE_UNIT[factor.role] ?? null,
  basis: factor.basis,
  source: factor.source,
  source_url: factor.source_url,
  licence: factor.licence,
  status: factor.status,
  sha256: factor.sha256,
  hours: factor.hours,
  address: factor.is_library ? factorAddress(factor.id, factor.version) : null,
})

/** The factor of a role, where one alone was used: its name and address stand beside the input. */
export const onlyFactor = (
  factors: readonly ExplainedFactor[],
  role: ExplainedFactor['role'],
): { source: string | null; address: string | null } => {
  const used = factors.filter((factor) => factor.role === role)
  const [first] = used
  if (!first) return { source: null, address: null }
  if (used.length > 1) return { source: `${first.name} and ${used.length - 1} more`, address: null }
  return { source: first.name, address: first.is_library ? factorAddress(first.id, first.version) : null }
}
