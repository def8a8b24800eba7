import { endOfLife } from '@/lib/accounting/embodied/by-mass'
import { type BookedAsset, inventoryBridge } from '@/lib/accounting/embodied/inventory-bridge'
import type { Asset } from '@/lib/contracts/assets'
import { value } from '@/lib/units/quantity'
import { dayName, dayOf } from '@/lib/units/time'
import { lifeOf, wholeOf } from './asset-book'
import type { EndOfLifeRow } from './end-of-life'

/** Comes in: the register. Goes out: what was bought in a year, what is left, and how it runs off. PURE. */

/** Those whose embodied value is known; the others are in no sum, and are named. */
const bookedOf = (assets: readonly Asset[]): BookedAsset[] =>
  assets.flatMap((asset) => {
    const embodied = wholeOf(asset)
    return embodied === null ? [] : [{ embodied, purchasedAt: dayOf(asset.purchased_on), life: lifeOf(asset) }]
  })

export interface BridgeYear {
  year: number
  /** The year is not over: to today. */
  isRunning: boolean
  opening_kg: number
  /** Scope 3 category 2 of the year, whole: the inventory view. */
  purchased_kg: number
  /** Amortised: the management view. Never added to what was purchased. */
  run_off_kg: number
  retired_kg: number
  closing_kg: number
}

/** Years from the first purchase to today, newest first: opening + purchased − run off − gone = closing. */
export const bridgeYears = (assets: readonly Asset[], today: string): BridgeYear[] => {
  const booked = bookedOf(assets)
  const first = assets.map(({ purchased_on }) => Number(purchased_on.slice(0, 4))).sort((a, b) => a - b)[0]
  if (first === undefined) return []
  const last = Math.max(first, Number(today.slice(0, 4)))
  return Array.from({ length: last - first + 1 }, (_, back): BridgeYear => {
    const year = last - back
    const isRunning = today < `${year + 1}-01-01`
    const bridge = inventoryBridge(booked, Date.UTC(year, 0, 1), isRunning ? dayOf(today) : Date.UTC(year + 1, 0, 1))
    return {
      year,
      isRunning,
      opening_kg: value(bridge.opening),
      purchased_kg: value(bridge.purchased),
      run_off_kg: value(bridge.runOff),
      retired_kg: value(bridge.retired),
      closing_kg: value(bridge.closing),
    }
  })
}

/** Book value on the first of each month, from the first purchase to the month after the last end of life. */
export const runOffCurve = (assets: readonly Asset[]): { at: string; book_kg: number }[] => {
  const booked = bookedOf(assets)
  if (booked.length === 0) return []
  const from = Math.min(...booked.map(({ purchasedAt }) => purchasedAt))
  const to = Math.max(...booked.map(({ life }) => life.retiredAt ?? life.inServiceAt + life.lifeHours * 3_600_000))
  const start = new Date(from)
  const points: { at: string; book_kg: number }[] = []
  for (let month = start.getUTCMonth(); ; month += 1) {
    const at = Date.UTC(start.getUTCFullYear(), month, 1)
    points.push({ at: dayName(at), book_kg: value(inventoryBridge(booked, at, at).closing) })
    if (at > to) return points
  }
}

export interface RetiredAsset {
  asset: Asset
  mass_kg: number | null
  kg_per_tonne: number | null
  factor: string | null
  /** Category 5. Null: its mass or its treatment is not known; not applicable where it lives on elsewhere. */
  end_of_life_kg: number | null
  livesOn: boolean
}

/** What became of retired hardware: mass × treatment, without a credit for recycling (METHOD §4). */
export const retiredAssets = (assets: readonly Asset[], factors: readonly EndOfLifeRow[]): RetiredAsset[] =>
  assets
    .filter(({ retired_on }) => retired_on !== null)
    .sort((a, b) => ((a.retired_on as string) < (b.retired_on as string) ? 1 : -1))
    .map((asset) => {
      const mass_kg = asset.mass_kg === null ? null : asset.mass_kg * asset.units
      const factor = factors.find(({ retirement }) => retirement === asset.retirement) ?? null
      return {
        asset,
        mass_kg,
        kg_per_tonne: factor?.kg_per_tonne ?? null,
        factor: factor === null ? null : `${factor.id}@${factor.version}`,
        end_of_life_kg:
          mass_kg === null || factor === null
            ? null
            : value(endOfLife(mass_kg, { collection: 0, treatment: factor.kg_per_tonne })),
        livesOn: asset.retirement === 'second_life' || asset.retirement === 'returned',
      }
    })
