import { add, type KilowattHours, kilowattHours, scale } from '@/lib/units/quantity'
import { DAY, HOUR } from '@/lib/units/time'
import type { Cells } from './entries'
import type { Tier } from './facts'

export const HOURS = 24

export const emptyCells = <T>(): Cells<T> => new Array<T | null>(HOURS).fill(null)
export const zeroCells = (): number[] => new Array<number>(HOURS).fill(0)
export const everyHour = <T>(of: (hour: number) => T): T[] => Array.from({ length: HOURS }, (_, hour) => of(hour))

/** The weaker of two qualities; null is silent. */
export const worst = (left: Tier | null, right: Tier | null): Tier | null =>
  left === null ? right : right === null ? left : left > right ? left : right

/** Cuts [from, to) at UTC hour boundaries and keeps what lies in the day. */
export const eachHour = (
  day: number,
  from: number,
  to: number,
  visit: (hour: number, start: number, end: number) => void,
): void => {
  const last = Math.min(to, day + DAY)
  let start = Math.max(from, day)
  while (start < last) {
    const hour = Math.floor((start - day) / HOUR)
    const end = Math.min(last, day + (hour + 1) * HOUR)
    visit(hour, start, end)
    start = end
  }
}

/** [from, to), instants. */
export type Span = [from: number, to: number]

/** Milliseconds of the union of spans. 10:00–10:40 and 10:20–11:00 → one hour. */
export const unionMs = (spans: Span[]): number => {
  let total = 0
  let end = Number.NEGATIVE_INFINITY
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    total += Math.max(0, to - Math.max(from, end))
    end = Math.max(end, to)
  }
  return total
}

/** What one series tells of one attribution's day; energy in kWh, not yet rounded. */
export interface MeteredHours {
  attribution: number
  kwh: Cells<KilowattHours>
  tier: Cells<Tier>
  coveredMs: number[]
  elapsedMs: number[]
  /** When its meter was held in each hour, in order and apart: several meters of one workload hold an hour once. */
  held: Span[][]
  /** The hour holds a reading that has no neighbour to make energy with. */
  lone: boolean[]
  firstAt: number | null
  lastAt: number | null
}

/** How an interval is known: measured ones are covered, the energy of others may still be estimated. */
export interface Flow {
  covered: boolean
  tier: Tier
  /** The energy of each piece, asked for hour by hour; null is unknown. */
  energyOf: ((start: number, end: number) => KilowattHours) | null
}

/** Collects one series' day, apart for each attribution that its readings name. */
export interface MeterDay {
  /** Time between two readings. */
  interval(attribution: number, from: number, to: number, flow: Flow): void
  /** Energy, elapsed time and covered time told apart, where intervals may overlap. */
  energy(attribution: number, from: number, to: number, tier: Tier, energyOf: NonNullable<Flow['energyOf']>): void
  elapsed(attribution: number, from: number, to: number): void
  covered(attribution: number, from: number, to: number): void
  /** An energy without an interval: all in the hour that ends at or contains `at`. */
  lump(attribution: number, at: number, tier: Tier, energy: KilowattHours): void
  lone(attribution: number, at: number): void
  hours(): MeteredHours[]
}

export const meterDay = (day: number): MeterDay => {
  const known = new Map<number, MeteredHours>()
  const hoursOf = (attribution: number): MeteredHours => {
    const found = known.get(attribution) ?? emptyHours(attribution)
    known.set(attribution, found)
    return found
  }
  const count = (cells: number[], hour: number, ms: number) => {
    cells[hour] = (cells[hour] as number) + ms
  }
  const hold = (hours: MeteredHours, hour: number, start: number, end: number) => {
    const spans = hours.held[hour] as Span[]
    const last = spans.at(-1)
    // Readings come in order, so nearly every span only lengthens the last one.
    if (last && start >= last[0] && start <= last[1]) last[1] = Math.max(last[1], end)
    else spans.push([start, end])
  }
  const put = (hours: MeteredHours, hour: number, tier: Tier, energy: KilowattHours) => {
    const before = hours.kwh[hour]
    hours.kwh[hour] = before == null ? energy : add(before, energy)
    hours.tier[hour] = worst(hours.tier[hour] ?? null, tier)
  }
  const seen = (hours: MeteredHours, from: number, to: number) => {
    if (hours.firstAt === null || from < hours.firstAt) hours.firstAt = from
    if (hours.lastAt === null || to > hours.lastAt) hours.lastAt = to
  }
  const visit = (
    attribution: number,
    from: number,
    to: number,
    each: (hours: MeteredHours, hour: number, start: number, end: number) => void,
  ) =>
    eachHour(day, from, to, (hour, start, end) => {
      const hours = hoursOf(attribution)
      seen(hours, start, end)
      each(hours, hour, start, end)
    })

  return {
    interval: (attribution, from, to, { covered, tier, energyOf }) =>
      visit(attribution, from, to, (hours, hour, start, end) => {
        count(hours.elapsedMs, hour, end - start)
        hold(hours, hour, start, end)
        if (covered) count(hours.coveredMs, hour, end - start)
        if (energyOf) put(hours, hour, tier, energyOf(start, end))
      }),
    energy: (attribution, from, to, tier, energyOf) =>
      visit(attribution, from, to, (hours, hour, start, end) => put(hours, hour, tier, energyOf(start, end))),
    elapsed: (attribution, from, to) =>
      visit(attribution, from, to, (hours, hour, start, end) => {
        count(hours.elapsedMs, hour, end - start)
        hold(hours, hour, start, end)
      }),
    covered: (attribution, from, to) =>
      visit(attribution, from, to, (hours, hour, start, end) => count(hours.coveredMs, hour, end - start)),
    lump: (attribution, at, tier, energy) =>
      eachHour(day, at - 1, at, (hour) => {
        const hours = hoursOf(attribution)
        seen(hours, at, at)
        put(hours, hour, tier, energy)
      }),
    lone: (attribution, at) =>
      eachHour(day, at, at + 1, (hour) => {
        const hours = hoursOf(attribution)
        seen(hours, at, at)
        hours.lone[hour] = true
      }),
    hours: () => [...known.values()],
  }
}

const emptyHours = (attribution: number): MeteredHours => ({
  attribution,
  kwh: emptyCells(),
  tier: emptyCells(),
  coveredMs: zeroCells(),
  elapsedMs: zeroCells(),
  held: everyHour(() => []),
  lone: everyHour(() => false),
  firstAt: null,
  lastAt: null,
})

/** The part of an energy that falls to each piece of its interval when it flowed evenly. */
export const evenly = (energy: KilowattHours, from: number, to: number) => (start: number, end: number) =>
  scale(energy, (end - start) / (to - from))

export const NO_ENERGY = kilowattHours(0)
