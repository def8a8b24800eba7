/** Every kind of number that the library holds, in the order in which it is listed. */
export const FACTOR_KINDS = [
  'grid-direct-year',
  'grid-lifecycle-year',
  'grid-profile',
  'residual-mix',
  'grid-loss',
  'grid-upstream',
  'technology',
  'pue',
  'wue',
  'source-water',
  'cfe',
  'fuel',
  'fuel-upstream',
  'gwp',
  'leak-rate',
  'water-supply',
  'accelerator',
  'cpu',
  'instance',
  'embodied',
  'embodied-part',
  'end-of-life',
  'coefficient',
  'hourly-source',
] as const
export type FactorKind = (typeof FACTOR_KINDS)[number]

export const isFactorKind = (text: string): text is FactorKind => (FACTOR_KINDS as readonly string[]).includes(text)

/**
 * What a rate is of. `direct`: combustion at the power station; `lifecycle`: with its upstream and building, never Scope 2 (METHOD §3);
 * `residual` and `supplier`: market-based rates.
 */
export const FACTOR_BASES = ['direct', 'lifecycle', 'residual', 'supplier'] as const
export type FactorBasis = (typeof FACTOR_BASES)[number]

export const GWP_SETS = ['AR4', 'AR5', 'AR6'] as const
export type GwpSet = (typeof GWP_SETS)[number]

interface KindWords {
  label: string
  /** Half-width of the 95 % interval where the source gives none, as a share (METHOD §9, expert judgement). */
  u95: number | null
}

const WORDS: Record<FactorKind, KindWords> = {
  'grid-direct-year': { label: 'Grid, direct, year', u95: 0.15 },
  'grid-lifecycle-year': { label: 'Grid, life cycle, year', u95: 0.2 },
  'grid-profile': { label: 'Grid, typical hour', u95: 0.2 },
  'residual-mix': { label: 'Residual mix', u95: 0.15 },
  'grid-loss': { label: 'Grid losses', u95: 0.3 },
  'grid-upstream': { label: 'Upstream of electricity', u95: 0.3 },
  technology: { label: 'Generation technology', u95: 0.2 },
  pue: { label: 'PUE', u95: 0.1 },
  wue: { label: 'WUE', u95: 0.3 },
  'source-water': { label: 'Water of generation', u95: 0.6 },
  cfe: { label: 'Carbon-free share', u95: null },
  fuel: { label: 'Fuel', u95: 0.05 },
  'fuel-upstream': { label: 'Fuel, upstream', u95: 0.3 },
  gwp: { label: 'GWP 100', u95: null },
  'leak-rate': { label: 'Leak rate', u95: 1 },
  'water-supply': { label: 'Water supply', u95: 0.3 },
  accelerator: { label: 'Accelerator', u95: null },
  cpu: { label: 'CPU', u95: null },
  instance: { label: 'Cloud instance', u95: null },
  embodied: { label: 'Embodied, product', u95: 0.3 },
  'embodied-part': { label: 'Embodied, part', u95: 0.6 },
  'end-of-life': { label: 'End of life', u95: 0.6 },
  coefficient: { label: 'Power coefficient', u95: 0.3 },
  'hourly-source': { label: 'Hourly source', u95: null },
}

export const kindLabel = (kind: FactorKind): string => WORDS[kind].label

/** The factor's own u95, else ours for its kind; a proxy or an assumption is no better than ±60 % (METHOD §9). */
export const u95Of = (row: {
  kind: FactorKind
  u95: number | null
  status: string
}): { u95: number | null; isOurs: boolean } => {
  if (row.u95 !== null) return { u95: row.u95, isOurs: false }
  const byKind = WORDS[row.kind].u95
  if (byKind === null) return { u95: null, isOurs: true }
  return {
    u95: /proxy|assumption|estimate|derived|recalled/.test(row.status) ? Math.max(byKind, 0.6) : byKind,
    isOurs: true,
  }
}

/** Written down from memory and not confirmed: used only where nothing better is known, and shown as unverified. */
export const isRecalled = (status: string): boolean => status.startsWith('recalled')

/** Known to be wrong or of another kind: kept in the register, never used. */
export const isUnfit = (status: string): boolean => /^(suspect|withdrawn)/.test(status)

/** Recalled rows last; otherwise the order stays. */
export const verifiedFirst = <Row extends { status: string }>(rows: Row[]): Row[] => {
  const fit = rows.filter((row) => !isUnfit(row.status))
  return [...fit.filter((row) => !isRecalled(row.status)), ...fit.filter((row) => isRecalled(row.status))]
}
