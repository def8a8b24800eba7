import { afterInstruments } from '@/lib/rollups/instrument-effect'
import type { DayTotals, NamedTotals } from '@/lib/rollups/totals'
import type { Method } from './page-view'

export const METHOD_WORDS: Record<Method, string> = { lb: 'location-based', mb: 'market-based' }

/** Rows whose mass is that of the chosen method: what charts rank and stack. Market-based is after instruments. */
export const inMethod = (
  rows: NamedTotals[],
  effects: ReadonlyMap<string | null, bigint>,
  method: Method,
): NamedTotals[] =>
  method === 'lb'
    ? rows
    : rows
        .map((row) => ({ ...row, location_mg: afterInstruments(row.market_mg, effects.get(row.name)) }))
        .sort((a, b) => ((a.location_mg ?? -1n) < (b.location_mg ?? -1n) ? 1 : -1))

export const daysInMethod = (days: DayTotals[], effects: ReadonlyMap<string, bigint>, method: Method): DayTotals[] =>
  method === 'lb'
    ? days
    : days.map((day) => ({ ...day, location_mg: afterInstruments(day.market_mg, effects.get(day.day)) }))

export const sumOfEffects = (effects: ReadonlyMap<string | null, bigint>): bigint | undefined =>
  effects.size === 0 ? undefined : [...effects.values()].reduce((all, mg) => all + mg, 0n)
