import { ratioOf, sumOf } from '@/lib/units/products'
import { type KilogramsCO2e, kilogramsCO2e, type Share, scale, value } from '@/lib/units/quantity'

/** Every part that a model's life can have (METHOD §13), in the order of its life. */
export const LIFE_CYCLE_PARTS = [
  'hardware',
  'data-preparation',
  'development',
  'training',
  'fine-tuning',
  'evaluation',
  'idle',
  'inference',
  'storage-and-network',
  'inherited',
  'end-of-life',
] as const
export type LifeCyclePart = (typeof LIFE_CYCLE_PARTS)[number]

export interface LifeCycleTotal {
  total: KilogramsCO2e
  /**
   * Parts that are not in the total because nothing is known of them. A life cycle without development is incomplete
   * (METHOD §5.5).
   */
  unknown: LifeCyclePart[]
}

/**
 * LC = M_hw + EM_dev + EM_train + EM_idle + Σ EM_inf + EM_data + EOL, kg (METHOD §13). null is unknown: left out and named.
 * BLOOM: 11.2 + 24.7 + 14.6 t → 50.5 t (case BLM-04).
 */
export const lifeCycleTotal = (
  parts: Readonly<Partial<Record<LifeCyclePart, KilogramsCO2e | null>>>,
): LifeCycleTotal => {
  const known = LIFE_CYCLE_PARTS.flatMap((part) => parts[part] ?? [])
  return {
    total: sumOf(kilogramsCO2e(0), known),
    unknown: LIFE_CYCLE_PARTS.filter((part) => (parts[part] ?? null) === null),
  }
}

/**
 * Development ÷ (development + training): what failed, was given up or evaluated, of what it took; null of nothing. 159 of
 * 471 t → 0.338 (MOR-02).
 */
export const developmentShare = (development: KilogramsCO2e, training: KilogramsCO2e): number | null =>
  ratioOf(development, sumOf(kilogramsCO2e(0), [development, training]))

/** The part of a total that went into development, from its share. 4,251 t × 0.822 → 3,494 t (case OLM-03). */
export const developmentOf = (total: KilogramsCO2e, development: Share): KilogramsCO2e =>
  scale(total, value(development))
