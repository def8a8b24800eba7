import type { LedgerUnit } from '@/lib/contracts/explain-answer'
import { energyUnitFor, type FigureText, formatEnergy, formatMass, massUnitFor, threeFigures } from '@/lib/units/format'

/** Ledger integers as people read them: a figure and its unit. */

const WATER: [least: number, unit: string, size: number][] = [
  [1e9, 'm³', 1e9],
  [1e6, 'L', 1e6],
  [0, 'mL', 1e3],
]

const scaleOf = (exact: bigint, unit: LedgerUnit): { unit: string; size: number } => {
  if (unit === 'mg') {
    const chosen = massUnitFor(exact)
    return { unit: `${chosen} CO2e`, size: { mg: 1, g: 1e3, kg: 1e6, t: 1e9 }[chosen] }
  }
  if (unit === 'µWh') {
    const chosen = energyUnitFor(exact)
    return { unit: chosen, size: { Wh: 1e6, kWh: 1e9, MWh: 1e12, GWh: 1e15 }[chosen] }
  }
  const size = Math.abs(Number(exact))
  const [, name, amount] = WATER.find(([least]) => size >= least) ?? [0, 'mL', 1e3]
  return { unit: name, size: amount }
}

export const amountText = (exact: bigint | null, unit: LedgerUnit): FigureText | null => {
  if (exact === null) return null
  if (unit === 'µWh') return formatEnergy(exact)
  if (unit === 'mg') {
    const text = formatMass(exact)
    return text && { value: text.value, unit: `${text.unit} CO2e` }
  }
  const { unit: name, size } = scaleOf(exact, unit)
  return { value: threeFigures(Number(exact) / size), unit: name }
}

/** `412 t` in a sentence. */
export const inWords = (exact: bigint | null, unit: LedgerUnit): string => {
  const text = amountText(exact, unit)
  return text === null ? 'no figure' : `${text.value}\u202f${text.unit}`
}

/** The figure of an answer: formatted and as a number in the same unit, beside its ledger integer. */
export const figureOf = (exact: bigint | null, unit: LedgerUnit) => {
  const text = amountText(exact, unit)
  return {
    value: text?.value ?? null,
    unit: text?.unit ?? { mg: 'kg CO2e', µWh: 'kWh', µL: 'L' }[unit],
    number: exact === null ? null : Number(exact) / scaleOf(exact, unit).size,
    exact: exact?.toString() ?? null,
    exact_unit: unit,
    interval: null,
    low: null,
    high: null,
    u95: null,
  }
}

/** Half of the interval in the unit of the figure, two significant figures. */
export const halfText = (half: number, exact: bigint, unit: LedgerUnit): string =>
  new Intl.NumberFormat('en', { maximumSignificantDigits: 2 }).format(half / scaleOf(exact, unit).size)

/** Digits enough that multiplying by hand gives the line below. */
export const digits = (value: number): string =>
  new Intl.NumberFormat('en', { minimumSignificantDigits: 7, maximumSignificantDigits: 7 }).format(value)
export const kwhDigits = (uwh: bigint): string => digits(Number(uwh) / 1e9)
