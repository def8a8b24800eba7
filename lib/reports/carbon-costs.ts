import { type PricedDay, priceOf } from '@/lib/accounting/comparisons/carbon-price'
import { scopeMap } from '@/lib/accounting/scope/scope-map'
import type { ActivityLine } from '@/lib/contracts/activity-lines'
import type { Asset } from '@/lib/contracts/assets'
import type { DeploymentName } from '@/lib/contracts/common'
import type { CarbonPrice } from '@/lib/contracts/settings'
import { withOrg } from '@/lib/db/with-org'
import { activityLines } from '@/lib/registry/activity-lines'
import { assets as registeredAssets } from '@/lib/registry/assets'
import { carbonPrices } from '@/lib/registry/carbon-prices'
import { type SettingsRow, settingsOf } from '@/lib/registry/settings'
import { retiredAssets } from '@/lib/rollups/asset-inventory'
import { type EndOfLifeRow, endOfLifeFactors } from '@/lib/rollups/end-of-life'
import { instrumentEffectByDay } from '@/lib/rollups/instrument-effect'
import { type PricedCube, pricedCubes } from '@/lib/rollups/priced-days'
import { exactDecimal } from '@/lib/units/format'
import { kilogramsCO2e, value } from '@/lib/units/quantity'
import { DAY, dayName, dayOf } from '@/lib/units/time'

/** An internal price with what it bears on in a year (ESRS E1-8, AR 66). */
export interface CarbonCost {
  price: CarbonPrice
  /** t CO2e at stake: emissions of the year's days, scopes and method that the price names. */
  volume_t: number
  /** Of all emissions of the year by that method. Null without any. */
  share: number | null
  cost: number
  unknownDays: number
}

type Days = PricedDay[]

const kilograms = (mg: bigint | null) => (mg === null ? null : kilogramsCO2e(Number(exactDecimal(mg, 6))))
const same = (day: string, scope: 1 | 2 | 3, mg: bigint | null): PricedDay => ({
  day,
  scope,
  location: kilograms(mg),
  market: kilograms(mg),
})

/** Electricity, by where it stands (METHOD §7); instruments act on the market-based figure of Scope 2. */
const ofElectricity = (
  cubes: readonly PricedCube[],
  effects: ReadonlyMap<string, bigint>,
  settings: SettingsRow,
): Days => {
  const map = scopeMap({
    cloudCategory: settings.cloud_category,
    softwareUseCounts: settings.software_use_in_category_11,
  })
  const days = cubes.flatMap((cube): Days => {
    const place = map[cube.deployment as DeploymentName].electricity
    if (place === null || place.leftOut) return []
    const before = [cube.loss_mg, cube.upstream_mg].filter((mg) => mg !== null).map((mg) => same(cube.day, 3, mg))
    return place.scope === 2
      ? [
          { day: cube.day, scope: 2, location: kilograms(cube.location_mg), market: kilograms(cube.market_mg) },
          ...before,
        ]
      : [same(cube.day, 3, cube.location_mg), ...before]
  })
  const instruments = [...effects].map(
    ([day, mg]): PricedDay => ({ day, scope: 2, location: kilogramsCO2e(0), market: kilograms(mg) }),
  )
  return [...days, ...instruments]
}

/** A line's mass accrues evenly over its days. */
const ofActivities = (lines: readonly ActivityLine[], { from, to }: { from: string; to: string }): Days =>
  lines.flatMap((line) => {
    const days = (dayOf(line.ends_on) - dayOf(line.starts_on)) / DAY
    const inside: string[] = []
    for (
      let at = Math.max(dayOf(line.starts_on), dayOf(from));
      at < Math.min(dayOf(line.ends_on), dayOf(to));
      at += DAY
    )
      inside.push(dayName(at))
    return inside.flatMap((day) => {
      const part = (kg: number | null) => (kg === null ? null : kilogramsCO2e(kg / days))
      const own: PricedDay = { day, scope: line.scope, location: part(line.kg), market: part(line.kg) }
      const upstream = part(line.upstream_kg)
      return upstream === null ? [own] : [own, { day, scope: 3, location: upstream, market: upstream }]
    })
  })

/** Capital goods, whole on the day of purchase; retired ones, treated on the first day that they no longer serve. */
const ofAssets = (
  assets: readonly Asset[],
  treatments: readonly EndOfLifeRow[],
  { from, to }: { from: string; to: string },
): Days => [
  ...retiredAssets(assets, treatments).flatMap(({ asset, end_of_life_kg, livesOn }): Days => {
    const day = asset.retired_on
    if (day === null || day < from || day >= to || livesOn) return []
    const mass = end_of_life_kg === null ? null : kilogramsCO2e(end_of_life_kg)
    return [{ day, scope: 3, location: mass, market: mass }]
  }),
  ...boughtOf(assets, { from, to }),
]

const boughtOf = (assets: readonly Asset[], { from, to }: { from: string; to: string }): Days =>
  assets
    .filter(({ purchased_on: day }) => day >= from && day < to)
    .map((asset) => {
      const mass = asset.embodied_kg === null ? null : kilogramsCO2e(asset.units * asset.embodied_kg)
      return { day: asset.purchased_on, scope: 3, location: mass, market: mass }
    })

const sumOf = (days: Days, of: (day: PricedDay) => PricedDay['location']): number =>
  days.reduce((sum, day) => {
    const mass = of(day)
    return mass === null ? sum : sum + value(mass)
  }, 0)

/** PURE. */
export const costOf = (price: CarbonPrice, days: Days): CarbonCost => {
  const terms = {
    currency: price.currency,
    perTonne: price.price_per_t,
    from: price.valid_from,
    to: price.valid_to,
    scopes: price.scopes,
    method: price.method,
  }
  const { cost, unknownDays } = priceOf(days, terms)
  const covered = days.filter(
    ({ day, scope }) =>
      day >= price.valid_from && (price.valid_to === null || day < price.valid_to) && price.scopes.includes(scope),
  )
  const volume = sumOf(covered, (day) => day[price.method])
  const whole = sumOf(days, (day) => day[price.method])
  return { price, volume_t: volume / 1000, share: whole === 0 ? null : volume / whole, cost, unknownDays }
}

/** What each internal price comes to in a year: the days that are over, at the price that held on them. */
export const carbonCosts = async (orgId: string, year: number): Promise<CarbonCost[]> => {
  const window = { from: `${year}-01-01`, to: `${year + 1}-01-01` }
  const prices = await carbonPrices(orgId)
  if (prices.length === 0) return []
  const [lines, assets] = [await activityLines(orgId, window), await registeredAssets(orgId)]
  const { days, treatments } = await withOrg({ orgId }, async (tx) => ({
    treatments: await endOfLifeFactors(tx),
    days: ofElectricity(
      await pricedCubes(tx, window),
      await instrumentEffectByDay(tx, { ...window, deployment: ['owned', 'colocation_controlled'] }),
      await settingsOf(tx),
    ),
  }))
  const all = [...days, ...ofActivities(lines, window), ...ofAssets(assets, treatments, window)]
  return prices.map((price) => costOf(price, all))
}
