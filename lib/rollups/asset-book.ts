import { splitByWeights } from '@/lib/accounting/allocation/largest-remainder'
import { reconcile } from '@/lib/accounting/allocation/reconcile'
import { embodiedPerDevice, embodiedRate } from '@/lib/accounting/embodied/amortised'
import { bookValue, type Life, runOff } from '@/lib/accounting/embodied/book-value'
import type { Asset } from '@/lib/contracts/assets'
import { type KilogramsCO2e, kilogramsCO2e, scale, share, value } from '@/lib/units/quantity'
import { roundHalfEven } from '@/lib/units/round'
import { dayOf, HOUR } from '@/lib/units/time'
import type { HardwareUse } from './hardware-use'

/** Comes in: the register and what workloads held. Goes out: what each asset gave, what stood idle and what is left. PURE. */

const HOURS_A_YEAR = 8760

/** UTC days, half-open. */
export interface BookWindow {
  from: string
  to: string
}

export interface AssetBook {
  asset: Asset
  /** TE of all units; null: nobody entered an embodied value. */
  whole_mg: bigint | null
  /** Ran off in the window, straight line by hours in service. */
  run_off_mg: bigint | null
  /** Of that, what workloads were booked with; the pool's, shared among its assets by their run-off. */
  allocated_mg: bigint | null
  /** Run-off that no workload carries: idle, shown and never spread in silence. */
  idle_mg: bigint | null
  /** Workloads hold more devices than are registered: to be looked into. */
  excess_mg: bigint | null
  /** Left at the window's end; of what retired, null: it went with the asset. */
  left_mg: bigint | null
  devices: number
  /** In service within the window. */
  available_hours: number
  used_hours: number | null
  /** kg CO2e of one device-hour by planned use. */
  kg_per_device_hour: number | null
}

/** As hardwareKey of the accounting core folds a name. */
export const hardwareKeyOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')

export const wholeOf = (asset: Asset): KilogramsCO2e | null =>
  asset.embodied_kg === null ? null : scale(kilogramsCO2e(asset.embodied_kg), asset.units)

export const lifeOf = (asset: Asset): Life => ({
  inServiceAt: dayOf(asset.in_service_on),
  lifeHours: asset.life_years * HOURS_A_YEAR,
  retiredAt: asset.retired_on === null ? null : dayOf(asset.retired_on),
})

/** kg → mg, rounded half-even once. */
const milligrams = (mass: KilogramsCO2e): bigint => BigInt(roundHalfEven(value(mass) * 1e6))

const runOffIn = (asset: Asset, { from, to }: BookWindow): bigint | null => {
  const whole = wholeOf(asset)
  return whole === null || to <= from ? null : milligrams(runOff(whole, lifeOf(asset), dayOf(from), dayOf(to)))
}

const devicesOf = (asset: Asset): number => asset.units * asset.devices_per_unit

/** Device-hours that the asset was there for. */
const availableIn = (asset: Asset, { from, to }: BookWindow): number => {
  const { inServiceAt, retiredAt } = lifeOf(asset)
  const start = Math.max(inServiceAt, dayOf(from))
  const end = Math.min(retiredAt ?? Number.POSITIVE_INFINITY, dayOf(to))
  return (Math.max(0, end - start) / HOUR) * devicesOf(asset)
}

/** The assets that may have carried a use, by the rule by which posting finds them: there, else anywhere; without a place, any. */
const poolOf = (assets: readonly Asset[], use: HardwareUse): Asset[] => {
  if (use.is_rented) return []
  const named = assets.filter((asset) => hardwareKeyOf(asset.hardware) === use.hardware_key)
  if (use.site === null) return named
  const there = named.filter((asset) => asset.site === use.site)
  return there.length > 0 ? there : named.filter((asset) => asset.site === null)
}

const monthsEnd = (month: string): string => {
  const [year = 0, of = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, of, 1)).toISOString().slice(0, 10)
}

const clipped = (month: string, window: BookWindow): BookWindow => ({
  from: window.from > `${month}-01` ? window.from : `${month}-01`,
  to: window.to < monthsEnd(month) ? window.to : monthsEnd(month),
})

interface Carried {
  mg: bigint | null
  hours: number | null
}

const plus = (known: bigint | null, more: bigint): bigint => (known === null ? more : known + more)

/**
 * What each asset carried. A pool's milligrams go to its assets by the run-off of the month, to the last one (largest remainder); where no
 * run-off is known, by the device-hours for which they were there. Σ assets + unregistered = what workloads were booked with.
 */
const carriedBy = (assets: readonly Asset[], uses: readonly HardwareUse[], window: BookWindow) => {
  const carried = new Map<string, Carried>()
  const unregistered: HardwareUse[] = []
  for (const use of uses) {
    const days = clipped(use.month, window)
    const pool = poolOf(assets, use).filter((asset) => availableIn(asset, days) > 0)
    const shares = sharesOf(pool, days)
    const parts = splitByWeights(use.embodied_mg ?? 0n, shares)
    if (parts === null) {
      unregistered.push(use)
      continue
    }
    const sum = shares.reduce((total, weight) => total + weight, 0n)
    for (const [index, asset] of pool.entries()) {
      const before = carried.get(asset.asset_id) ?? { mg: null, hours: null }
      const hours =
        use.device_hours === null ? null : use.device_hours * (Number(shares[index] as bigint) / Number(sum))
      carried.set(asset.asset_id, {
        mg: use.embodied_mg === null ? before.mg : plus(before.mg, parts[index] as bigint),
        hours: hours === null ? before.hours : before.hours === null ? hours : before.hours + hours,
      })
    }
  }
  return { carried, unregistered }
}

const sharesOf = (pool: readonly Asset[], days: BookWindow): bigint[] => {
  const booked = pool.map((asset) => runOffIn(asset, days))
  const some = booked.some((mg) => mg !== null && mg > 0n)
  return some ? booked.map((mg) => mg ?? 0n) : pool.map((asset) => BigInt(Math.round(availableIn(asset, days))))
}

/** `window.to` is at most today: nothing has run off of a day that has not come. */
export const assetBooks = (
  assets: readonly Asset[],
  uses: readonly HardwareUse[],
  window: BookWindow,
): { books: AssetBook[]; unregistered: HardwareUse[] } => {
  const { carried, unregistered } = carriedBy(assets, uses, window)
  const books = assets.map((asset): AssetBook => {
    const whole = wholeOf(asset)
    const run_off_mg = whole === null ? null : (runOffIn(asset, window) ?? 0n)
    const held = carried.get(asset.asset_id) ?? { mg: null, hours: null }
    // Nothing that a workload was booked with: all that ran off is idle.
    const allocated_mg = held.mg ?? (run_off_mg === null ? null : 0n)
    const rest = run_off_mg === null || allocated_mg === null ? null : reconcile(run_off_mg, [allocated_mg])
    const isRetired = asset.retired_on !== null && asset.retired_on <= window.to
    return {
      asset,
      whole_mg: whole === null ? null : milligrams(whole),
      run_off_mg,
      allocated_mg,
      idle_mg: rest?.unallocated ?? null,
      excess_mg: rest?.excess ?? null,
      left_mg: whole === null || isRetired ? null : milligrams(bookValue(whole, lifeOf(asset), dayOf(window.to))),
      devices: devicesOf(asset),
      available_hours: availableIn(asset, window),
      used_hours: held.hours,
      kg_per_device_hour: rateOf(asset),
    }
  })
  return { books, unregistered }
}

const rateOf = (asset: Asset): number | null =>
  rateWith(asset, { used: asset.planned_use, lifeYears: asset.life_years })

/** kg CO2e of a used device-hour if a share of the life is used, or if it lived for so many years: m = TE ÷ (EL × U). */
export const rateWith = (asset: Asset, { used, lifeYears }: { used: number; lifeYears: number }): number | null =>
  asset.embodied_kg === null || !(used > 0)
    ? null
    : value(
        embodiedRate(
          embodiedPerDevice(kilogramsCO2e(asset.embodied_kg), asset.devices_per_unit),
          lifeYears * HOURS_A_YEAR,
          share(Math.min(1, used)),
        ),
      )
