import type { DisplayStage } from '@/components/charts/stages'
import type { LifePart, ModelLife } from '@/lib/rollups/model-life'
import { sumKnown } from '@/lib/rollups/model-life'
import { threeFigures } from '@/lib/units/format'
import { kilogramsOf } from '../../runs/_shared/amounts'

const WORDS: Record<LifePart, string> = {
  'data-preparation': 'Data preparation',
  training: 'Training',
  'fine-tuning': 'Fine-tuning',
  evaluation: 'Evaluation',
  failed: 'Failed runs',
  abandoned: 'Abandoned runs',
  inference: 'Inference',
  unassigned: 'No stage named',
}
export const partWords = (part: LifePart): string => WORDS[part]

const SHOWN: Record<LifePart, DisplayStage> = {
  'data-preparation': 'data',
  training: 'training',
  'fine-tuning': 'adaptation',
  evaluation: 'adaptation',
  failed: 'lost',
  abandoned: 'lost',
  inference: 'inference',
  unassigned: 'unassigned',
}
export const shownAs = (part: LifePart): DisplayStage => SHOWN[part]

/** Every month from the first to the last with data, each holding all before it, in kg by what charts show. */
export const cumulativeMonths = (life: ModelLife) => {
  const names = [...life.months.keys()].sort()
  const [first, last] = [names[0], names.at(-1)]
  if (first === undefined || last === undefined) return []
  const sums = new Map<DisplayStage, bigint>()
  const months: { month: string; mass_kg: Partial<Record<DisplayStage, number | null>> }[] = []
  for (
    let at = new Date(`${first}-01T00:00:00Z`);
    at.toISOString().slice(0, 7) <= last;
    at.setUTCMonth(at.getUTCMonth() + 1)
  ) {
    const month = at.toISOString().slice(0, 7)
    for (const [part, amounts] of life.months.get(month) ?? []) {
      const operation = sumKnown([amounts.locationMg, amounts.upstreamMg])
      if (operation !== null) sums.set(shownAs(part), (sums.get(shownAs(part)) ?? 0n) + operation)
      if (amounts.embodiedMg !== null) sums.set('embodied', (sums.get('embodied') ?? 0n) + amounts.embodiedMg)
    }
    months.push({
      month,
      mass_kg: Object.fromEntries([...sums].map(([stage, mg]) => [stage, kilogramsOf(mg)])),
    })
  }
  return months
}

const STEPS = [
  [1e12, 'trillion'],
  [1e9, 'billion'],
  [1e6, 'million'],
] as const
/** 70.6 billion */
export const largeNumber = (count: number | null): string | null => {
  if (count === null) return null
  const step = STEPS.find(([size]) => count >= size)
  return step ? `${threeFigures(count / step[0])} ${step[1]}` : threeFigures(count)
}
/** 1.2 × 10²⁴ */
export const powerOfTen = (count: number | null): string | null => {
  if (count === null) return null
  const exponent = Math.floor(Math.log10(count))
  const raised = [...String(exponent)].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] ?? '⁻').join('')
  return `${threeFigures(count / 10 ** exponent)} × 10${raised}`
}
