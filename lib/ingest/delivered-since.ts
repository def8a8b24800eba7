import { DAY } from '@/lib/units/time'
import type { WireSample } from './wire/wire-series'

/** What is known of a counter: its last value, when, and since when it counts. Instants are milliseconds since 1970. */
export interface FunctionalCounter {
  start: number | null
  at: number
  value: number
}

/**
 * Samples of one counter → what was delivered by the time of each. PURE.
 * cumulative: the difference to the sample before; a falling value or a newer start is a reset, and what was counted since is taken whole.
 * The first sample of a counter is where counting begins, unless it says that it started within the day before.
 * delta: each sample's own count. lossy: a gauge of the last request; a value that differs from the one before is a new request.
 * Samples no later than the last one known have been counted, whichever request brought them.
 */
export const deliveredSince = (
  before: FunctionalCounter | null,
  samples: WireSample[],
  counts: 'cumulative' | 'delta' | 'lossy',
): { delivered: { at: number; count: number }[]; counter: FunctionalCounter | null } => {
  let counter = before
  const delivered: { at: number; count: number }[] = []
  for (const { at, start, value } of [...samples].sort((a, b) => a.at - b.at)) {
    if (counter !== null && at <= counter.at) continue
    const count = countOf(counter, { at, start, value }, counts)
    if (count > 0) delivered.push({ at, count })
    counter = { start: start ?? counter?.start ?? null, at, value }
  }
  return { delivered, counter: counter === before ? null : counter }
}

const countOf = (
  before: FunctionalCounter | null,
  { at, start, value }: WireSample,
  counts: 'cumulative' | 'delta' | 'lossy',
): number => {
  if (counts === 'delta') return value
  if (counts === 'lossy') return before?.value === value ? 0 : value
  if (before === null) return start !== null && start < at && at - start <= DAY ? value : 0
  const isReset = value < before.value || (start !== null && start > before.at)
  return isReset ? value : value - before.value
}
