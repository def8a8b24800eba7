import { activityMassOf, statedMassOf } from '@/lib/accounting/gases/activity-mass'
import { ACTIVITY_SCOPES, type ActivityFields } from '@/lib/contracts/activity-lines'
import { AppError } from '@/lib/errors'
import type { ReferenceTables } from '@/lib/factors/reference-tables'
import { amountIn, unitsLike } from '@/lib/units/amounts'
import { type GwpChoice, type LineFactor, lineFactor, upstreamFactor } from './activity-factors'

/** What a line emits, computed once from its quantity and the factor version in force. */
export interface PricedActivity {
  scope: 1 | 2 | 3
  category: number | null
  factor: LineFactor | null
  upstream: LineFactor | null
  mg: bigint
  upstreamMg: bigint | null
  biogenicMg: bigint | null
  gwpSet: 'AR4' | 'AR5' | 'AR6' | null
  gasesMg: Record<string, bigint> | null
  u95: number | null
  /** The supplier stated the total: primary data (ESRS E1 AR 46 g). */
  primaryData: boolean
}

const refuse = (path: string, message: string): never => {
  throw new AppError('invalid_input', 'The line was not stored.', { issues: [{ path, message }] })
}

/** The quantity in the factor's unit. @throws AppError invalid_input with every unit that is taken */
const unitsOf = (fields: ActivityFields, factor: LineFactor): number =>
  amountIn(fields.quantity, fields.unit, factor.per) ??
  refuse('unit', `${fields.unit} does not convert to ${factor.per}; told may be ${unitsLike(factor.per).join(', ')}`)

/** PURE. @throws AppError invalid_input: a factor that does not exist or fit, a unit that does not convert */
export const priceActivity = (tables: ReferenceTables, set: GwpChoice, fields: ActivityFields): PricedActivity => {
  const known = ACTIVITY_SCOPES[fields.kind]
  const scope = fields.scope ?? known?.scope ?? refuse('scope', 'a line of kind other says its scope')
  const category = scope === 3 ? (fields.category ?? known?.categories?.[0] ?? null) : null
  const biogenicMg = fields.biogenic_kg === null ? null : statedMassOf(fields.biogenic_kg)
  if (fields.factor_id === null) {
    const stated = fields.stated_kg ?? refuse('stated_kg', 'give a factor or a total that the supplier stated')
    return {
      ...{ scope, category, factor: null, upstream: null, mg: statedMassOf(stated), upstreamMg: null, biogenicMg },
      ...{ gwpSet: null, gasesMg: null, u95: fields.u95, primaryData: true },
    }
  }
  const factor =
    lineFactor(tables, fields.kind, fields.factor_id, set) ??
    refuse('factor_id', `${fields.factor_id} is no factor that a line of this kind can be multiplied by`)
  const upstream = scope === 1 ? upstreamFactor(tables, factor) : null
  const { mg, gasesMg } = activityMassOf(unitsOf(fields, factor), factor)
  return {
    ...{ scope, category, factor, upstream, mg, biogenicMg, gasesMg },
    upstreamMg: upstream === null ? null : activityMassOf(unitsOf(fields, upstream), upstream).mg,
    gwpSet: factor.row.gwpSet,
    u95: fields.u95 ?? factor.u95,
    primaryData: false,
  }
}
