import { addressOfTarget, type ExplainTarget, figureAddress, modelAddress } from '@/lib/contracts/explain'
import type { Derivation, ExplainAnswer, ExplainTerm } from '@/lib/contracts/explain-answer'
import type { OrgTx } from '@/lib/db/with-org'
import { makingMg } from '@/lib/rollups/model-carried'
import { isDevelopment, LIFE_PARTS, type LifePart, type ModelLife, modelLife } from '@/lib/rollups/model-life'
import { modelServed } from '@/lib/rollups/model-served'
import { lostStages, modelStages } from '@/lib/rollups/model-stages'
import { type PerUse, perUse } from '@/lib/rollups/model-use'
import { models } from '@/lib/rollups/models'
import { totalsSpan } from '@/lib/rollups/totals'
import { formatCount, threeFigures } from '@/lib/units/format'
import { DAY, dayName, dayOf } from '@/lib/units/time'
import { sumKnown } from '../ledger-lines'
import { figureOf, inWords } from './amounts'
import { BARE } from './answer'
import { contextOf } from './sentence'

type Target = Extract<ExplainTarget, { kind: 'model' }>
type PerUnit = 'marginal' | 'development' | 'amortised'
type Mass = Exclude<Target['measure'], PerUnit>
interface Whole {
  life: ModelLife
  window: { from: string; to: string } | null
}

const MASS: Record<Mass, { title: string; formula: string; parts: (part: LifePart) => boolean }> = {
  making: { title: 'Making, operational', formula: 'making = Σ EM of all stages but inference', parts: isDevelopment },
  lost: {
    title: 'Making lost in failed and abandoned runs',
    formula: 'lost = Σ EM of failed and abandoned runs',
    parts: (part) => part === 'failed' || part === 'abandoned',
  },
  inference: {
    title: 'Inference, operational',
    formula: 'inference = Σ EM of the stage inference',
    parts: (part) => part === 'inference',
  },
  upstream: { title: 'Upstream and grid losses', formula: 'Σ EM_upstream + EM_losses', parts: () => true },
  embodied: { title: 'Embodied, amortised', formula: 'Σ M', parts: () => true },
  total: { title: 'Life cycle to date', formula: 'LC = EM + EM_upstream + EM_losses + M', parts: () => true },
}
const PART: Record<LifePart, string> = {
  'data-preparation': 'Data preparation',
  training: 'Training',
  'fine-tuning': 'Fine-tuning',
  evaluation: 'Evaluation',
  failed: 'Failed runs',
  abandoned: 'Abandoned runs',
  inference: 'Inference',
  unassigned: 'No stage named',
}
const CLAUSE = 'METHOD §13: what failed stays in every total, and stands apart'

/** A figure of a model's whole life, from the life that its page draws; null for a model that the organisation does not have. */
export const explainModel = async (tx: OrgTx, target: Target): Promise<ExplainAnswer | null> => {
  const model = (await models(tx)).find((one) => one.name === target.model)
  if (!model) return null
  const life = modelLife(await modelStages(tx, model.model_id), await lostStages(tx, model.model_id))
  const span = await totalsSpan(tx, { model: [model.name] })
  const window =
    span.first === null || span.last === null ? null : { from: span.first, to: dayName(dayOf(span.last) + DAY) }
  const whole: Whole = { life, window }
  const bare = {
    ...BARE,
    address: addressOfTarget(target),
    context: window === null ? `model ${model.name}` : contextOf(window, { model: [model.name] }),
    provisional: life.provisional,
  }
  if (target.measure !== 'marginal' && target.measure !== 'development' && target.measure !== 'amortised')
    return { ...bare, ...massOf(whole, model.name, target.measure) }
  const served = (await modelServed(tx, model.model_id)).find(({ unit }) => unit === target.unit)
  if (!served) return null
  const use = perUse(served, makingMg(life), target.over)
  return { ...bare, ...perUnitOf(target, target.measure, use, makingMg(life)) }
}

const amountOf = (life: ModelLife, part: LifePart, measure: Mass): bigint | null => {
  const sums = life.parts.get(part)
  if (!sums) return null
  if (measure === 'upstream') return sums.upstreamMg
  if (measure === 'embodied') return sums.embodiedMg
  return measure === 'total' ? sumKnown([sums.locationMg, sums.upstreamMg, sums.embodiedMg]) : sums.locationMg
}

const FIGURE = { upstream: 'before', embodied: 'embodied', total: 'total-location' } as const

/** A stage out of which nothing was lost is a figure of the ledger by itself. */
const addressOf = ({ life, window }: Whole, model: string, part: LifePart, measure: Mass): string | null =>
  window === null || part === 'failed' || part === 'abandoned' || life.lostFrom.has(part === 'unassigned' ? null : part)
    ? null
    : figureAddress(measure in FIGURE ? FIGURE[measure as keyof typeof FIGURE] : 'location', window, {
        model,
        stage: part,
      })

const massOf = (
  whole: Whole,
  model: string,
  measure: Mass,
): Pick<ExplainAnswer, 'title' | 'sentence' | 'figure' | 'formula' | 'derivation'> => {
  const { title, formula, parts } = MASS[measure]
  const terms = LIFE_PARTS.filter(parts).flatMap((part): ExplainTerm[] => {
    const exact = amountOf(whole.life, part, measure)
    return exact === null
      ? []
      : [
          {
            label: PART[part],
            product: { by: 'given' },
            exact: exact.toString(),
            address: addressOf(whole, model, part, measure),
            count: null,
            note: part === 'failed' || part === 'abandoned' ? 'taken out of its stage' : null,
          },
        ]
  })
  const exact = sumKnown(LIFE_PARTS.filter(parts).map((part) => amountOf(whole.life, part, measure)))
  return {
    title,
    sentence:
      exact === null
        ? `No figure: nothing of it is known`
        : `${inWords(exact, 'mg')}, ${title.toLowerCase()}, of ${formatCount(terms.length)} ${terms.length === 1 ? 'part' : 'parts'} of its life`,
    figure: figureOf(exact, 'mg'),
    formula: { text: formula, clause: CLAUSE, page: 'life-cycle', method_versions: [] },
    derivation: { kind: 'sum', of: 'part', terms },
  }
}

const USE: Record<PerUnit, { title: string; formula: string }> = {
  marginal: { title: 'Inference', formula: 'marginal = EM_inference ÷ R, of the days whose units are known' },
  development: { title: 'Making', formula: 'making = (EM + EM_upstream + M of all but inference) ÷ R' },
  amortised: { title: 'Amortised', formula: 'amortised = EM_inference ÷ R + making ÷ R' },
}

const perUnitOf = (
  target: Target,
  measure: PerUnit,
  use: PerUse | null,
  making: bigint | null,
): Pick<ExplainAnswer, 'title' | 'sentence' | 'figure' | 'formula' | 'inputs' | 'derivation' | 'facts'> => {
  const { title, formula } = USE[measure]
  const unit = `g CO2e per ${target.unit}`
  const grams = use && { marginal: use.marginal, development: use.development, amortised: use.together }[measure]
  const text = grams === null ? null : threeFigures(grams)
  return {
    title: `${title}, per ${target.unit}`,
    sentence:
      use === null || text === null
        ? 'No figure: its making, its inference or what it served is not known'
        : `${text}\u202f${unit}: ${inWords(use.served.location_mg, 'mg')} over ${formatCount(Math.round(use.served.count))} served${measure === 'marginal' ? '' : `, and ${inWords(making, 'mg')} of making over ${formatCount(Math.round(use.over))}`}`,
    figure: {
      value: text,
      unit,
      number: grams,
      exact: null,
      exact_unit: null,
      interval: null,
      low: null,
      high: null,
      u95: null,
    },
    formula: {
      text: formula,
      clause: 'METHOD §13: an additional ratio, never booked',
      page: 'life-cycle',
      method_versions: [],
    },
    inputs: [],
    derivation: use === null ? { kind: 'none' } : quotientOf(target, measure, use, making),
    facts:
      use === null
        ? []
        : [
            { name: 'Served to date', value: `${formatCount(Math.round(use.served.count))} ${use.unit}`, href: null },
            { name: 'Making spread over', value: `${formatCount(Math.round(use.over))} ${use.unit}`, href: null },
            { name: 'Days with known units', value: formatCount(use.served.days), href: null },
          ],
  }
}

/** mg ÷ units → g per unit. */
const quotientOf = (target: Target, measure: PerUnit, use: PerUse, making: bigint | null): Derivation => {
  const inference = use.served.location_mg
  if (inference === null || making === null) return { kind: 'none' }
  const at = (of: PerUnit | 'making') =>
    of === 'making' ? null : modelAddress(target.model, of, target.unit, of === 'marginal' ? null : target.over)
  if (measure === 'amortised' && use.over !== use.served.count)
    // Two divisions by two counts: what is added are their quotients, each explained by itself.
    return {
      kind: 'quotient',
      above: {
        label: 'Inference and making',
        amount: String(use.marginal + use.development),
        unit: 'g CO2e',
        address: at('development'),
      },
      below: { label: 'Unit', amount: '1', unit: use.unit, address: null },
      scale: 1,
      of: '',
      pieces: [],
    }
  const above = measure === 'marginal' ? inference : measure === 'development' ? making : inference + making
  return {
    kind: 'quotient',
    above: {
      label: measure === 'marginal' ? 'Inference' : measure === 'development' ? 'Making' : 'Inference and making',
      amount: above.toString(),
      unit: 'mg CO2e',
      address: null,
    },
    below: {
      label: measure === 'development' ? 'Units spread over' : 'Units served',
      amount: String(measure === 'development' ? use.over : use.served.count),
      unit: use.unit,
      address: null,
    },
    scale: 1e-3,
    of: '',
    pieces: [],
  }
}
