import type { Tier } from '../facts'

/** What a figure can be uncertain in. `factor` is any other factor or activity that states no width of its own. */
export const UNCERTAIN_IN = ['energy', 'overhead', 'intensity', 'market', 'embodied', 'water', 'factor'] as const
export type UncertainIn = (typeof UNCERTAIN_IN)[number]

/** Half-width of the 95 % interval as a share of the value, for each tier: 0.05 = ±5 %. */
export type TierWidths = Readonly<Record<UncertainIn, Readonly<Record<Tier, number>>>>

/** An organisation's own judgement, as its settings hold it: {"energy": {"1": 0.02}}. */
export type WidthOverrides = Partial<Record<string, Partial<Record<string, number>>>>

/**
 * Expert judgement (METHOD §9), where it gives a range a value inside it. Energy: 1 meter or counter (±2–5 %), 2 complete
 * samples, 3 partly estimated (±10–20 %), 4 modelled, 5 FLOPs (±50–100 %). Intensity: 1 hour as measured, 2 hour as
 * estimated, 3 typical hour, 4 year of the zone, 5 year of the country or a screen (±10–20 %, wider where the level is).
 * Overhead: 5 is the industry's mean, whose ±25 % spans what buildings do without going below 1. Embodied: 1–2 product
 * footprint, 3 bottom-up, 4–5 proxy.
 */
export const DEFAULT_WIDTHS: TierWidths = {
  energy: { 1: 0.03, 2: 0.05, 3: 0.15, 4: 0.3, 5: 0.5 },
  overhead: { 1: 0.02, 2: 0.05, 3: 0.1, 4: 0.15, 5: 0.25 },
  intensity: { 1: 0.05, 2: 0.1, 3: 0.15, 4: 0.15, 5: 0.2 },
  market: { 1: 0.05, 2: 0.1, 3: 0.15, 4: 0.15, 5: 0.2 },
  embodied: { 1: 0.3, 2: 0.3, 3: 0.45, 4: 0.6, 5: 0.6 },
  water: { 1: 0.05, 2: 0.1, 3: 0.2, 4: 0.3, 5: 0.5 },
  factor: { 1: 0.05, 2: 0.05, 3: 0.15, 4: 0.3, 5: 0.5 },
}

const TIERS: Tier[] = [1, 2, 3, 4, 5]

/**
 * The defaults with an organisation's own widths in their place. @throws RangeError for a kind or tier that does not exist,
 * or a width that is no finite number from 0 on.
 */
export const widthsWith = (overrides: WidthOverrides): TierWidths => {
  for (const [kind, tiers] of Object.entries(overrides)) {
    if (!UNCERTAIN_IN.some((known) => known === kind)) throw new RangeError(`Nothing is uncertain in ${kind}`)
    for (const [tier, width] of Object.entries(tiers ?? {})) checkWidth(kind, tier, width)
  }
  const merged = (kind: UncertainIn) => ({ ...DEFAULT_WIDTHS[kind], ...overrides[kind] })
  return {
    energy: merged('energy'),
    overhead: merged('overhead'),
    intensity: merged('intensity'),
    market: merged('market'),
    embodied: merged('embodied'),
    water: merged('water'),
    factor: merged('factor'),
  }
}

const checkWidth = (kind: string, tier: string, width: number | undefined) => {
  if (!TIERS.some((known) => String(known) === tier)) throw new RangeError(`${kind} has no tier ${tier}`)
  if (width === undefined || !(Number.isFinite(width) && width >= 0))
    throw new RangeError(`The width of ${kind}, tier ${tier}, must be a share from 0 on, got ${width}`)
}
