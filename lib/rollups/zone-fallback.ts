import type { Tier, YearFactor, ZoneFacts } from '@/lib/accounting/facts'
import { chooseYear } from '@/lib/accounting/select-intensity'
import type { ReferenceTables } from '@/lib/factors/reference-tables'

/** What stands in for a zone's hours where no hourly data is known, best first. */
export interface ZoneFallback {
  kind: 'profile' | 'direct-year' | 'lifecycle-year'
  tier: Tier
  basis: 'direct' | 'lifecycle'
  /** Annual value; of a profile, the year's direct factor that it is scaled to, else its own mean. */
  gPerKwh: number
  year: number | null
  id: string
  version: number
  name: string
  source: string
  /** `recalled`: written down from memory, not checked against the publisher. */
  status: string
}

/** PURE. The first of the list is what the ledger takes; a life-cycle average comes last, as a screening figure. */
export const fallbacksOf = (facts: ZoneFacts, tables: ReferenceTables, year: number): ZoneFallback[] => {
  const direct = chooseYear(facts.directYears, year)
  const lifecycle = chooseYear(facts.lifecycleYears, year)
  const list: ZoneFallback[] = []
  if (facts.profile) {
    const { factor, annualMeanGPerKwh } = facts.profile
    const stored = tables.factors.get(factor.id)
    list.push({
      kind: 'profile',
      tier: 3,
      basis: 'direct',
      gPerKwh: direct?.gPerKwh ?? annualMeanGPerKwh,
      year: stored?.year ?? null,
      id: factor.id,
      version: factor.version,
      name: factor.name,
      source: factor.source,
      status: stored?.status ?? 'unknown',
    })
  }
  if (direct) list.push(yearFallback(direct, 'direct-year', direct.level === 'zone' ? 4 : 5))
  if (lifecycle) list.push(yearFallback(lifecycle, 'lifecycle-year', 5))
  return list
}

const yearFallback = (row: YearFactor, kind: 'direct-year' | 'lifecycle-year', tier: Tier): ZoneFallback => ({
  kind,
  tier,
  basis: kind === 'direct-year' ? 'direct' : 'lifecycle',
  gPerKwh: row.gPerKwh,
  year: row.year,
  id: row.factor.id,
  version: row.factor.version,
  name: row.factor.name,
  source: row.factor.source,
  status: row.status,
})
