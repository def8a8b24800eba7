import { roundHalfEven } from '@/lib/units/round'

/** One line of a provider's export: what one account emitted in one month by one service and region, in mg CO2e. */
export interface FootprintLine {
  /** Line of the file; of a JSON answer the place of the item, from 1. */
  line: number
  account: string
  accountName: string | null
  /** First day: `2026-03-01`. */
  month: string
  service: string | null
  region: string | null
  modelVersion: string
  scope1Mg: bigint | null
  scope2LocationMg: bigint | null
  scope2MarketMg: bigint | null
  scope3Mg: bigint | null
  totalLocationMg: bigint | null
  totalMarketMg: bigint | null
  givenUnit: string
}

export interface RefusedRow {
  line: number
  name: string
  column: string | null
  message: string
}

export interface DecodedFootprint {
  lines: FootprintLine[]
  refused: RefusedRow[]
}

/** Why one row is refused; it names the row and nothing of the others. */
export class RowFault extends Error {
  constructor(
    readonly column: string | null,
    message: string,
  ) {
    super(message)
  }
}

const MG_PER: Record<string, number> = { kg: 1e6, t: 1e9, mt: 1e9, g: 1e3 }

/**
 * A unit as providers write it → mg of one. `MTCO2e` is metric tonnes, `kgCO2e` and `kgCO2E` kilograms. Null for what is not known:
 * a unit is recognised and never guessed.
 */
export const mgPerUnit = (unit: string): number | null => {
  const mass = /^(kg|mt|t|g)\s*CO2[\s-]?e(q|quivalent)?$/i.exec(unit.trim())?.[1]
  return mass === undefined ? null : (MG_PER[mass.toLowerCase()] ?? null)
}

/** A cell or JSON number in a known unit → mg, rounded half-even once; an empty cell is unknown. @throws RowFault */
export const mgOf = (value: unknown, mgPer: number, column: string): bigint | null => {
  if (value === null || value === undefined || value === '') return null
  const text = String(value).trim()
  const amount = Number(text)
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) || !Number.isFinite(amount))
    throw new RowFault(column, `${text.slice(0, 40)} is no number`)
  if (amount < 0) throw new RowFault(column, 'is negative')
  if (amount * mgPer > 1e21) throw new RowFault(column, 'is too large to be true')
  return BigInt(roundHalfEven(amount * mgPer))
}

/** Null as soon as one addend is unknown. */
export const sumOf = (...parts: (bigint | null)[]): bigint | null =>
  parts.reduce<bigint | null>((sum, part) => (sum === null || part === null ? null : sum + part), 0n)

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])-(\d{2})(?!\d)/

/** The first day of the month that a date or time lies in. @throws RowFault */
export const monthOf = (text: string | null, column: string): string => {
  const [, year, month] = MONTH.exec(text ?? '') ?? []
  if (!year || !month) throw new RowFault(column, 'must be a date such as 2026-03-01')
  return `${year}-${month}-01`
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: PostgreSQL text refuses NUL, and exports are line-based
const CONTROL = /[\u0000-\u001f\u007f]+/gu

export const nameOrNull = (value: unknown): string | null => {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const text = String(value)
    .replace(CONTROL, ' ')
    .replace(/\p{Cs}/gu, '')
    .trim()
  return text === '' ? null : text.slice(0, 200)
}

/** @throws RowFault */
export const named = (value: unknown, column: string): string => {
  const text = nameOrNull(value)
  if (text === null) throw new RowFault(column, 'is empty')
  return text
}

/** Reads every row on its own: what is wrong with one is said of it. */
export const readRows = <Row>(
  rows: Iterable<{ line: number; row: Row }>,
  read: (row: Row, line: number) => FootprintLine | null,
): DecodedFootprint => {
  const lines: FootprintLine[] = []
  const refused: RefusedRow[] = []
  for (const { line, row } of rows) {
    try {
      const found = read(row, line)
      if (found) lines.push(found)
    } catch (error) {
      if (!(error instanceof RowFault)) throw error
      refused.push({ line, name: `line ${line}`, column: error.column, message: error.message })
    }
  }
  return { lines, refused }
}

const keyOf = (one: FootprintLine): string =>
  JSON.stringify([one.account, one.month, one.service, one.region, one.modelVersion])

/** Two rows of one file that speak of the same thing: the second is refused, so that a file joined twice counts once. */
export const refuseRepeats = ({ lines, refused }: DecodedFootprint): DecodedFootprint => {
  const seen = new Map<string, number>()
  const kept = lines.filter((one) => {
    const earlier = seen.get(keyOf(one))
    if (earlier === undefined) {
      seen.set(keyOf(one), one.line)
      return true
    }
    refused.push({
      line: one.line,
      name: `line ${one.line}`,
      column: null,
      message: `speaks of the same account, month, service and region as line ${earlier}`,
    })
    return false
  })
  return { lines: kept, refused }
}
