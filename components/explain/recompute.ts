import type { Derivation, ExplainAnswer, Product } from '@/lib/contracts/explain-answer'
import { embodiedOf, emissionsOf, facilityEnergyOf, lossIntensityOf, waterOf } from '@/lib/units/physics'
import {
  gramsPerKilowattHour,
  kilogramsCO2e,
  litresPerKilowattHour,
  microwattHours,
  pue,
  share,
  value,
} from '@/lib/units/quantity'
import { roundHalfEven } from '@/lib/units/round'

/** One multiplication again, by the ledger's own physics, to the ledger's integer. Null for what was not multiplied here. */
export const productAgain = (product: Product): bigint | null => {
  switch (product.by) {
    case 'given':
      return null
    case 'facility':
      return BigInt(value(facilityEnergyOf(microwattHours(product.it_uwh), pue(product.pue))))
    case 'emissions':
      return BigInt(value(emissionsOf(microwattHours(product.uwh), gramsPerKilowattHour(product.g_per_kwh))))
    case 'losses': {
      const lost = lossIntensityOf(gramsPerKilowattHour(product.g_per_kwh), share(product.fraction))
      return BigInt(value(emissionsOf(microwattHours(product.uwh), lost)))
    }
    case 'water':
      return BigInt(value(waterOf(microwattHours(product.uwh), litresPerKilowattHour(product.l_per_kwh))))
    case 'embodied':
      return BigInt(
        value(
          embodiedOf(kilogramsCO2e(product.kg_per_device), {
            ms: product.ms,
            devices: product.devices,
            lifeHours: product.life_hours,
            planned: share(product.planned_use),
          }),
        ),
      )
    case 'activity':
      return BigInt(roundHalfEven(product.quantity * product.kg_per_unit * 1e6))
  }
}

export interface Recomputed {
  isEqual: boolean
  /** Ours minus theirs: ledger units, or for a quotient the bare difference. */
  difference: string
  multiplications: number
  additions: number
  /** The first term that came out otherwise. */
  fault: string | null
}

/** The figure from what its explanation shows, and how far it is from what the ledger says. Null where nothing is derived. */
export const recompute = (answer: Pick<ExplainAnswer, 'figure' | 'derivation'>): Recomputed | null => {
  const { figure, derivation } = answer
  if (derivation.kind === 'none') return null
  if (derivation.kind === 'quotient') return quotientAgain(derivation, figure.number)
  let sum: bigint | null = null
  let multiplications = 0
  let additions = 0
  let fault: string | null = null
  for (const { label, product, exact } of derivation.terms) {
    const again = productAgain(product)
    if (again !== null) multiplications += 1
    if (again !== null && (exact === null || again !== BigInt(exact))) fault ??= label
    const amount = again ?? (exact === null ? null : BigInt(exact))
    if (amount === null) continue
    additions += 1
    sum = (sum ?? 0n) + amount
  }
  const told = figure.exact === null ? null : BigInt(figure.exact)
  const difference = sum === null || told === null ? (sum === told ? 0n : null) : sum - told
  return {
    isEqual: difference === 0n && fault === null,
    difference: difference === null ? 'unknown' : difference.toString(),
    multiplications,
    additions,
    fault,
  }
}

const isInteger = (amount: string): boolean => /^-?\d+$/.test(amount)
/** Integers exactly; counts that were stated as decimals in doubles. */
const totalOf = (amounts: readonly string[]): number =>
  amounts.every(isInteger)
    ? Number(amounts.reduce((sum, amount) => sum + BigInt(amount), 0n))
    : amounts.reduce((sum, amount) => sum + Number(amount), 0)

/** Doubles that were added in another order agree to twelve digits. */
const agrees = (left: number, right: number): boolean =>
  Math.abs(left - right) <= 1e-12 * Math.max(Math.abs(left), Math.abs(right))

const quotientAgain = (
  { above, below, scale, pieces }: Extract<Derivation, { kind: 'quotient' }>,
  told: number | null,
): Recomputed => {
  const sideOf = (side: typeof above, key: 'above' | 'below') => {
    if (side.amount === null) return { amount: null, isWhole: true }
    if (pieces.length === 0) return { amount: Number(side.amount), isWhole: true }
    const amount = totalOf(pieces.map((piece) => piece[key]))
    return { amount, isWhole: agrees(amount, Number(side.amount)) }
  }
  const [top, bottom] = [sideOf(above, 'above'), sideOf(below, 'below')]
  const again =
    top.amount === null || bottom.amount === null || bottom.amount === 0 ? null : (top.amount / bottom.amount) * scale
  const difference = again === null || told === null ? (again === told ? 0 : null) : again - told
  const fault = !top.isWhole ? above.label : !bottom.isWhole ? below.label : null
  return {
    isEqual: fault === null && difference !== null && (again === null || told === null || agrees(again, told)),
    difference: difference === null ? 'unknown' : String(difference),
    multiplications: 1,
    additions: 2 * pieces.length,
    fault,
  }
}
