import { FUNCTIONAL_UNITS } from '@/lib/contracts/functional-units'
import { GPU_HOUR } from '@/lib/rollups/service-sci'
import { formatCount, threeFigures } from '@/lib/units/format'

/** How a functional unit is written, and how many of it a ratio is for. */

const MANY: Record<string, string> = {
  request: 'requests',
  token: 'tokens',
  'output-token': 'output tokens',
  'input-token': 'input tokens',
  'training-token': 'training tokens',
  image: 'images',
  minute: 'minutes',
  user: 'users',
  run: 'runs',
  'gpu-hour': 'GPU-hours',
}
/** One of these is much already. */
const SINGLE: Record<string, string> = { minute: 'minute', user: 'user', run: 'run', 'gpu-hour': 'GPU-hour' }

export const unitWords = (unit: string): string => MANY[unit] ?? unit
export const perOf = (unit: string): { times: number; words: string } =>
  SINGLE[unit] ? { times: 1, words: SINGLE[unit] } : { times: 1000, words: `1k ${unitWords(unit)}` }

/** The order in which units are offered; what nobody foresaw comes last, by name. */
export const inOrder = (units: readonly string[]): string[] => {
  const place = (unit: string) => {
    const at = (FUNCTIONAL_UNITS as readonly string[]).indexOf(unit)
    return at < 0 ? FUNCTIONAL_UNITS.length : at
  }
  return [...new Set(units)].sort((a, b) => place(a) - place(b) || a.localeCompare(b))
}

/** The unit that is shown: the one asked for where it is known, else the first, else what the ledger knows by itself. */
export const shownUnit = (asked: string | null, known: readonly string[]): string => {
  const offered = inOrder([...known, GPU_HOUR])
  return asked !== null && offered.includes(asked) ? asked : (inOrder(known)[0] ?? GPU_HOUR)
}

const STEPS = [
  [1e12, 'trillion'],
  [1e9, 'billion'],
  [1e6, 'million'],
] as const

/** 26.6 million, 8,412. */
export const amountOf = (count: number | null): { value: string; unit?: string } | null => {
  if (count === null) return null
  const step = STEPS.find(([size]) => count >= size)
  if (step) return { value: threeFigures(count / step[0]), unit: step[1] }
  return { value: Number.isInteger(count) ? formatCount(count) : threeFigures(count) }
}
