import { add, type KilogramsCO2e, kilogramsCO2e } from '@/lib/units/quantity'
import { bookValue, type Life, runOff } from './book-value'

/** Assets bought together. */
export interface BookedAsset {
  /** TE of all units together, kg; of what was bought used, what was left of it. */
  embodied: KilogramsCO2e
  /** When it was bought, milliseconds UTC. */
  purchasedAt: number
  life: Life
}

/**
 * From the management view to the inventory (METHOD §4): opening book value + purchases − run-off − left at retirement =
 * closing book value. The purchases are category 2 of the year, whole; the run-off is a management figure; the two are
 * never summed.
 */
export interface InventoryBridge {
  opening: KilogramsCO2e
  /** Scope 3 category 2: bought in the period, whole (GHG Protocol Scope 3 Standard). */
  purchased: KilogramsCO2e
  /** Amortised in the period: carried by workloads, or idle. */
  runOff: KilogramsCO2e
  /** Book value of what retired in the period: gone to a second life, or written off. */
  retired: KilogramsCO2e
  closing: KilogramsCO2e
}

const NONE = kilogramsCO2e(0)

/** Book value at the end of all that came before `at`; nothing before the purchase and from retirement on. */
const heldAt = ({ embodied, purchasedAt, life }: BookedAsset, at: number): KilogramsCO2e =>
  at <= purchasedAt || (life.retiredAt !== null && life.retiredAt < at) ? NONE : bookValue(embodied, life, at)

/**
 * The bridge of a period [from, to). 2 × 1,312 kg bought on its first day, four-year life → purchased 2,624, run-off 656,
 * closing 1,968 kg.
 */
export const inventoryBridge = (assets: readonly BookedAsset[], from: number, to: number): InventoryBridge => {
  const within = (at: number | null): boolean => at !== null && at >= from && at < to
  const sum = (of: (asset: BookedAsset) => KilogramsCO2e) =>
    assets.reduce((total, asset) => add(total, of(asset)), NONE)
  return {
    opening: sum((asset) => heldAt(asset, from)),
    purchased: sum((asset) => (within(asset.purchasedAt) ? asset.embodied : NONE)),
    runOff: sum((asset) => runOff(asset.embodied, asset.life, from, to)),
    retired: sum(({ embodied, life }) =>
      within(life.retiredAt) ? bookValue(embodied, life, life.retiredAt as number) : NONE,
    ),
    closing: sum((asset) => heldAt(asset, to)),
  }
}
