import { carbonCost } from '@/lib/accounting/comparisons/carbon-price'
import { type InventoryBridge, inventoryBridge } from '@/lib/accounting/embodied/inventory-bridge'
import type { CarbonPrice } from '@/lib/rollups/carbon-prices'
import type { ScopeHours } from '@/lib/rollups/scope-hours'
import type { StatementActivity } from '@/lib/rollups/statement-activities'
import type { StatementAsset } from '@/lib/rollups/statement-assets'
import type { InstrumentUse } from '@/lib/rollups/statement-instruments'
import { kilogramsCO2e, value } from '@/lib/units/quantity'
import { dayOf } from '@/lib/units/time'
import { sumKnown } from './ledger-lines'
import { SCOPE_2 } from './scope-deployments'
import { cellOfRow, type StatementRow } from './scope-table'

/** What a statement shows beside its rows and adds to none of them. */

const milligrams = (kg: number): bigint => BigInt(Math.round(kg * 1e6))

export interface Bridge {
  /** Assets in the register with an embodied value, and without. */
  assets: number
  withoutValue: number
  openingMg: bigint
  /** Category 2 of the year. */
  purchasedMg: bigint
  runOffMg: bigint
  retiredMg: bigint
  closingMg: bigint
  /** Amortised hardware of the workloads, from the ledger: the management figure. */
  workloadsMg: bigint | null
  /** Of that, what assets of the register gave. The rest is of machines that a provider or customer owns, and no part of the run-off. */
  registeredMg: bigint | null
  /** Run-off that no workload carries: idle hardware. Below zero where workloads hold more devices than are registered. */
  differenceMg: bigint
}

const HOURS_A_YEAR = 8760

/** From the management view to the inventory: one register, two books, never summed (METHOD §4). */
export const bridgeOf = (year: number, assets: StatementAsset[], hours: ScopeHours[]): Bridge => {
  const valued = assets.filter((asset) => asset.embodied_kg !== null)
  const bridge: InventoryBridge = inventoryBridge(
    valued.map((asset) => ({
      embodied: kilogramsCO2e(asset.units * (asset.embodied_kg as number)),
      purchasedAt: dayOf(asset.purchased_on),
      life: {
        inServiceAt: dayOf(asset.in_service_on),
        lifeHours: asset.life_years * HOURS_A_YEAR,
        retiredAt: asset.retired_on === null ? null : dayOf(asset.retired_on),
      },
    })),
    Date.UTC(year, 0, 1),
    Date.UTC(year + 1, 0, 1),
  )
  const workloadsMg = sumKnown(hours.map((row) => row.embodied_mg))
  const registeredMg = sumKnown(hours.map((row) => row.registered_mg))
  const runOffMg = milligrams(value(bridge.runOff))
  return {
    assets: valued.length,
    withoutValue: assets.length - valued.length,
    openingMg: milligrams(value(bridge.opening)),
    purchasedMg: milligrams(value(bridge.purchased)),
    runOffMg,
    retiredMg: milligrams(value(bridge.retired)),
    closingMg: milligrams(value(bridge.closing)),
    workloadsMg,
    registeredMg,
    // Nothing that a workload was booked with: all that ran off is idle.
    differenceMg: registeredMg === null ? runOffMg : runOffMg - registeredMg,
  }
}

export interface InstrumentShare extends Omit<InstrumentUse, 'covered_uwh' | 'effect_mg'> {
  coveredUwh: bigint
  effectMg: bigint
  isBundled: boolean
}

export interface Instruments {
  rows: InstrumentShare[]
  /** Facility energy of Scope 2 in the year: what shares are shares of. */
  consumptionUwh: bigint | null
  bundledUwh: bigint
  unbundledUwh: bigint
  /** At a supplier's rate that is no instrument of the ledger of instruments. */
  supplierUwh: bigint
  residualUwh: bigint
  /** No residual mix is known: the grid average stands in. */
  fallbackUwh: bigint
}

/** With electricity in one contract: a power purchase agreement, a green tariff, a supplier's rate. Certificates alone are unbundled. */
const BUNDLED = ['ppa', 'green_tariff', 'supplier_rate']

/** Share and types of contractual instruments (ESRS E1 AR 45(d)), by energy. */
export const instrumentsOf = (used: InstrumentUse[], hours: ScopeHours[]): Instruments => {
  const mine = hours.filter((row) => SCOPE_2.includes(row.deployment) && row.facility_uwh !== null)
  const energy = (rows: ScopeHours[]) => sumKnown(rows.map((row) => row.facility_uwh)) ?? 0n
  const rows = used.map(({ covered_uwh, effect_mg, ...one }) => ({
    ...one,
    coveredUwh: covered_uwh,
    effectMg: effect_mg,
    isBundled: BUNDLED.includes(one.kind),
  }))
  const covered = (bundled: boolean) =>
    rows.reduce((all, row) => (row.isBundled === bundled ? all + row.coveredUwh : all), 0n)
  return {
    rows,
    consumptionUwh: mine.length === 0 ? null : energy(mine),
    bundledUwh: covered(true),
    unbundledUwh: covered(false),
    supplierUwh: energy(mine.filter((row) => row.market_rate === 'supplier')),
    residualUwh: energy(mine.filter((row) => row.market_rate === 'residual')),
    fallbackUwh: energy(mine.filter((row) => row.market_rate === 'location')),
  }
}

export interface PriceRow {
  name: string
  kind: CarbonPrice['kind']
  currency: string
  perTonne: number
  from: string
  to: string | null
  scopes: number[]
  method: CarbonPrice['method']
  /** Emissions that the price covers, of its period within the year. */
  volumeMg: bigint
  cost: number
  /** Share of the year's gross emissions of each scope that it covers; null where there are none. */
  covered: { scope: 1 | 2 | 3; share: number | null }[]
}

/** Internal carbon prices (ESRS E1-8, AR 66). `rowsOf` gives the scope table of any days of the year. */
export const priceRows = (prices: { price: CarbonPrice; rows: StatementRow[] }[], whole: StatementRow[]): PriceRow[] =>
  prices.map(({ price, rows }) => {
    const codes = { 1: 's1', 2: price.method === 'market' ? 's2-mb' : 's2-lb', 3: 's3' } as const
    const covered = ([1, 2, 3] as const).map((scope) => {
      const part = price.scopes.includes(scope) ? cellOfRow(rows, codes[scope]).mg : null
      const all = cellOfRow(whole, codes[scope]).mg
      return { scope, mg: part ?? 0n, share: all === null || all === 0n ? null : Number(part ?? 0n) / Number(all) }
    })
    const volumeMg = covered.reduce((all, { mg }) => all + mg, 0n)
    return {
      name: price.name,
      kind: price.kind,
      currency: price.currency,
      perTonne: price.price_per_t,
      from: price.valid_from,
      to: price.valid_to,
      scopes: price.scopes,
      method: price.method,
      volumeMg,
      cost: carbonCost(kilogramsCO2e(Number(volumeMg) / 1e6), price.price_per_t),
      covered: covered.map(({ scope, share }) => ({ scope, share })),
    }
  })

export interface GasRow {
  gas: string
  mg: bigint
}

/** Scope 1 gas by gas, of the activities whose factor publishes it (AR 39); in CO2e as published. The rest is said. */
export const scope1Gases = (activities: StatementActivity[]): { gases: GasRow[]; withoutGasesMg: bigint } => {
  const mine = activities.filter((one) => one.scope === 1 && one.mg !== null)
  const byGas = new Map<string, bigint>()
  let without = 0n
  for (const one of mine) {
    const gases = Object.entries(one.gases_mg ?? {})
    if (gases.length === 0) without += one.mg ?? 0n
    for (const [gas, mg] of gases) {
      const part = (BigInt(Math.round(Number(mg))) * BigInt(one.days_inside)) / BigInt(one.days)
      byGas.set(gas, (byGas.get(gas) ?? 0n) + part)
    }
  }
  return {
    gases: [...byGas].map(([gas, mg]) => ({ gas, mg })).sort((a, b) => (a.mg > b.mg ? -1 : 1)),
    withoutGasesMg: without,
  }
}

export interface WaterMemo {
  onSiteUl: bigint | null
  sourceUl: bigint | null
}
export const waterOf = (hours: ScopeHours[]): WaterMemo => ({
  onSiteUl: sumKnown(hours.map((row) => row.water_ul)),
  sourceUl: sumKnown(hours.map((row) => row.source_water_ul)),
})
