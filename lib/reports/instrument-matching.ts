import { type Consumption, coverConsumption, type Offer } from '@/lib/accounting/scope-2/cover-consumption'
import { deliveredHours } from '@/lib/accounting/scope-2/delivery-profile'
import type { Instrument, MatchingAnswer } from '@/lib/contracts/instruments'
import { withOrg } from '@/lib/db/with-org'
import { tablesOfOrganization } from '@/lib/factors/organization-tables'
import type { ReferenceTables } from '@/lib/factors/reference-tables'
import { marketHolds } from '@/lib/registry/instrument-facts'
import { instruments } from '@/lib/registry/instruments'
import { type HourlyLoad, hourlyLoad, type MonthlyCover, monthlyCover } from '@/lib/rollups/hourly-load'
import { exactDecimal } from '@/lib/units/format'
import { dayName, dayOf, HOUR, isoInstant } from '@/lib/units/time'

/** Annual and hourly matching side by side (METHOD §3.2). The hourly figure is informational: no statement rests on it. */

const UWH_PER_MWH = 1e12
const LONGEST_WITH_HOURS = 31

export interface MatchingQuestion {
  from: string
  to: string
  market?: string | undefined
}

const monthStart = (day: string): string => `${day.slice(0, 7)}-01`
const nextMonthStart = (day: string): string => {
  if (day.endsWith('-01')) return day
  const date = new Date(dayOf(day))
  return dayName(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1))
}

/** Instruments act by month, so a window is widened to the whole months that it touches. */
export const matchingOf = async (orgId: string, asked: MatchingQuestion): Promise<MatchingAnswer> => {
  const window = { from: monthStart(asked.from), to: nextMonthStart(asked.to) }
  const tables = await tablesOfOrganization(orgId)
  const register = (await instruments(orgId)).filter((one) => one.counts && one.mwh !== null)
  return withOrg({ orgId }, async (tx) => {
    const all = await hourlyLoad(tx, window)
    const load = all.filter((row) => asked.market === undefined || marketHolds(tables, asked.market, row.zone))
    const zones = [...new Set(load.map((row) => row.zone))]
    const cover = zones.length === 0 ? [] : await monthlyCover(tx, { ...window, zones })
    const everywhere = [...new Set(all.map((row) => row.zone))].sort()
    return matchingAnswer({ ...window, market: asked.market ?? null, tables, register, load, zones: everywhere, cover })
  })
}

interface Facts {
  from: string
  to: string
  market: string | null
  tables: ReferenceTables
  register: Instrument[]
  load: HourlyLoad[]
  zones: string[]
  cover: MonthlyCover[]
}

/** What one hour came to, in µWh and mg. */
interface Hour {
  at: number
  load: bigint
  matched: bigint
  surplus: bigint
  marketMg: bigint
}

/** µWh → kWh. */
const kwh = (uwh: bigint): number => Number(exactDecimal(uwh, 9))
const kg = (mg: bigint): number => Number(exactDecimal(mg, 6))
const sum = <One>(list: readonly One[], of: (one: One) => bigint): bigint =>
  list.reduce((total, one) => total + of(one), 0n)
const share = (part: bigint, whole: bigint): number | null => (whole === 0n ? null : Number(part) / Number(whole))

/** PURE. */
export const matchingAnswer = (facts: Facts): MatchingAnswer => {
  const whole = sum(facts.load, (row) => row.facility_uwh)
  const market = sum(facts.load, (row) => row.market_mg)
  const covered = sum(facts.cover, (row) => row.covered_uwh)
  const relevant = facts.register.filter((one) => bearsOn(facts, one))
  const profiled = relevant.filter((one) => one.hourly_profile !== null)
  const hours = profiled.length === 0 ? null : matchedHours(facts, profiled)
  const nothing = facts.load.length === 0
  const unprofiled = relevant.filter((one) => one.hourly_profile === null)
  const by = (keyOf: (at: number) => string) => grouped(facts.load, hours, keyOf)
  const days = (dayOf(facts.to) - dayOf(facts.from)) / (24 * HOUR)
  return {
    from: facts.from,
    to: facts.to,
    market: facts.market,
    load_kwh: nothing ? null : kwh(whole),
    before_kg: nothing ? null : kg(market),
    zones: facts.zones,
    annual: {
      matched_kwh: nothing ? null : kwh(covered),
      surplus_kwh: surplusOf(relevant),
      score: share(covered, whole),
      market_kg: nothing ? null : kg(market + sum(facts.cover, (row) => row.effect_mg)),
      by_instrument: relevant.map(({ instrument_id, name, surplus_mwh }) => ({ instrument_id, name, surplus_mwh })),
    },
    hourly: {
      matched_kwh: hours && kwh(sum(hours, (hour) => hour.matched)),
      unmatched_kwh: hours && kwh(whole - sum(hours, (hour) => hour.matched)),
      surplus_kwh: hours && kwh(sum(hours, (hour) => hour.surplus)),
      score:
        hours &&
        share(
          sum(hours, (hour) => hour.matched),
          whole,
        ),
      market_kg: hours && kg(sum(hours, (hour) => hour.marketMg)),
      is_lower_bound: hours !== null && unprofiled.length > 0,
      notes: notesOf(relevant, unprofiled),
    },
    months: by((at) => isoInstant(at).slice(0, 7)).map(({ key, ...row }) => ({ month: key, ...row })),
    hours_of_day: by((at) => String(new Date(at).getUTCHours()).padStart(2, '0')).map(({ key, ...row }) => ({
      hour: Number(key),
      ...row,
    })),
    hours: days <= LONGEST_WITH_HOURS ? by(isoInstant).map(({ key, ...row }) => ({ at: key, ...row })) : null,
  }
}

/** Its vintage meets the window, and it can be claimed where energy was used. */
const bearsOn = ({ from, to, market, tables, load }: Facts, one: Instrument): boolean =>
  one.vintage_from < to &&
  one.vintage_to > from &&
  (market === null || load.some((row) => marketHolds(tables, one.market, row.zone)))

/** Beyond the window too: a certificate is not bound to a month of its vintage. Null where none bears on it. */
const surplusOf = (relevant: readonly Instrument[]): number | null =>
  relevant.length === 0 ? null : relevant.reduce((total, one) => total + Math.max(0, one.surplus_mwh ?? 0), 0) * 1000

const notesOf = (relevant: readonly Instrument[], unprofiled: readonly Instrument[]): string[] => {
  if (relevant.length === 0) return ['No instrument that counts bears on this window.']
  const names = unprofiled.map((one) => one.name)
  if (unprofiled.length === relevant.length)
    return [
      'No instrument tells in which hours it was produced, so the hourly score is unknown; nothing is assumed flat.',
    ]
  return unprofiled.length === 0
    ? []
    : [
        `Left out, because nobody knows in which hours it was produced: ${names.join('; ')}. The score is a lower bound.`,
      ]
}

/** Hour by hour, each place's load against what was delivered in that hour; nothing is carried to another. */
const matchedHours = (facts: Facts, profiled: readonly Instrument[]): Hour[] => {
  const supply = profiled.map((one) => ({
    one,
    start: dayOf(one.vintage_from),
    uwh: deliveredHours({
      // Guaranteed by the filter above: it has MWh and a profile.
      uwh: BigInt(Math.round((one.mwh as number) * UWH_PER_MWH)),
      profile: one.hourly_profile as number[],
      from: one.vintage_from,
      to: one.vintage_to,
    }),
  }))
  const atHour = new Map<number, HourlyLoad[]>()
  for (const row of facts.load) {
    const at = dayOf(row.day) + row.hour * HOUR
    atHour.set(at, [...(atHour.get(at) ?? []), row])
  }
  const last = dayOf(facts.to)
  const hours: Hour[] = []
  for (let at = dayOf(facts.from); at < last; at += HOUR) {
    const places = atHour.get(at) ?? []
    const consumption = places.map((row): Consumption => ({ uwh: row.facility_uwh, marketMg: row.market_mg }))
    const offers = supply.flatMap(({ one, start, uwh }): Offer[] => {
      const delivered = uwh[(at - start) / HOUR] ?? 0n
      const covers = places.flatMap((row, index) =>
        (one.site === null || row.site === one.site) && marketHolds(facts.tables, one.market, row.zone) ? [index] : [],
      )
      return delivered === 0n ? [] : [{ uwh: delivered, gPerKwh: one.g_per_kwh, covers }]
    })
    if (places.length === 0 && offers.length === 0) continue
    const { covers, surplusUwh } = coverConsumption(consumption, offers)
    hours.push({
      at,
      load: sum(consumption, (place) => place.uwh),
      matched: sum(covers, (cover) => cover.coveredUwh),
      surplus: surplusUwh.reduce<bigint>((total, one) => total + (one ?? 0n), 0n),
      marketMg: sum(consumption, (place) => place.marketMg) + sum(covers, (cover) => cover.ownMg - cover.replacedMg),
    })
  }
  return hours
}

type Group = Omit<MatchingAnswer['months'][number], 'month'> & { key: string }

const grouped = (
  load: readonly HourlyLoad[],
  hours: readonly Hour[] | null,
  keyOf: (at: number) => string,
): Group[] => {
  const told = new Map<string, { load: bigint; matched: bigint; surplus: bigint }>()
  const at = (key: string) => {
    const known = told.get(key) ?? { load: 0n, matched: 0n, surplus: 0n }
    told.set(key, known)
    return known
  }
  for (const row of load) at(keyOf(dayOf(row.day) + row.hour * HOUR)).load += row.facility_uwh
  for (const hour of hours ?? []) {
    const group = at(keyOf(hour.at))
    group.matched += hour.matched
    group.surplus += hour.surplus
  }
  return [...told]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, group]) => ({
      key,
      load_kwh: kwh(group.load),
      matched_kwh: hours && kwh(group.matched),
      unmatched_kwh: hours && kwh(group.load - group.matched),
      surplus_kwh: hours && kwh(group.surplus),
    }))
}
