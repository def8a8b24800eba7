import {
  type DecodedFootprint,
  type FootprintLine,
  mgOf,
  mgPerUnit,
  monthOf,
  named,
  nameOrNull,
  RowFault,
  readRows,
  refuseRepeats,
  sumOf,
} from './footprint-line'
import { readTable, refuseFile } from './table-file'

/** Google Cloud's BigQuery export `carbon_footprint`, as CSV (dotted names) or JSON (one object a line, or an array). */

type Flat = Record<string, unknown>

const flattened = (value: unknown, prefix = ''): Flat =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.assign({}, ...Object.entries(value).map(([key, one]) => flattened(one, prefix ? `${prefix}.${key}` : key)))
    : { [prefix.toLowerCase()]: value }

const jsonRows = (text: string): { line: number; row: Flat }[] => {
  const parsed = (part: string, line: number): unknown => {
    try {
      return JSON.parse(part)
    } catch {
      return refuseFile(`line ${line} is not JSON`)
    }
  }
  const trimmed = text.trim()
  if (trimmed.startsWith('[')) {
    const items = parsed(trimmed, 1)
    return (Array.isArray(items) ? items : []).map((item, at) => ({ line: at + 1, row: flattened(item) }))
  }
  return trimmed
    .split('\n')
    .map((part, at) => ({ line: at + 1, part: part.trim() }))
    .filter(({ part }) => part !== '')
    .map(({ line, part }) => ({ line, row: flattened(parsed(part, line)) }))
}

const FOOTPRINT = /^carbon_footprint_(\w+?)\.scope1$/

/** The unit stands in the name of the column: `carbon_footprint_kgCO2e`. */
const unitIn = (columns: string[]): { unit: string; mgPer: number } => {
  const unit = columns.map((name) => FOOTPRINT.exec(name)?.[1]).find((found) => found !== undefined)
  if (unit === undefined)
    return refuseFile('is no carbon_footprint export of Google Cloud: it lacks carbon_footprint_kgCO2e.scope1')
  const mgPer = mgPerUnit(unit)
  return mgPer === null ? refuseFile(`${unit} is no unit of emissions that is known here`) : { unit, mgPer }
}

/** Values come as doubles: a total may differ from its parts by what doubles lose, and by no more. */
const isSame = (told: bigint, sum: bigint): boolean => {
  const apart = told > sum ? told - sum : sum - told
  return apart <= 10n || apart * 1_000_000n <= told
}

/** @throws RowFault where the total is not the sum of its scopes */
const checked = (told: bigint | null, sum: bigint | null, column: string): bigint | null => {
  if (told !== null && sum !== null && !isSame(told, sum))
    throw new RowFault(
      column,
      `says ${Number(told) / 1e6} kg where scopes 1, 2 and 3 add up to ${Number(sum) / 1e6} kg`,
    )
  return told ?? sum
}

/** @throws AppError invalid_input: a file that is no such export */
export const decodeGoogle = (text: string): DecodedFootprint => {
  const isJson = /^\s*[[{]/.test(text)
  const rows: { line: number; row: Flat }[] = isJson ? jsonRows(text) : readTable(text).rows
  if (rows.length === 0) refuseFile('the file has no rows')
  const { unit, mgPer } = unitIn([...new Set(rows.slice(0, 100).flatMap(({ row }) => Object.keys(row)))])
  const scope = (row: Flat, name: string) => mgOf(row[`carbon_footprint_${unit}.${name}`], mgPer, name)
  const total = (row: Flat, name: string) => mgOf(row[`carbon_footprint_total_${unit}.${name}`], mgPer, `total ${name}`)
  const read = (row: Flat, line: number): FootprintLine => {
    const [scope1Mg, scope3Mg] = [scope(row, 'scope1'), scope(row, 'scope3')]
    const scope2LocationMg = scope(row, 'scope2.location_based')
    const scope2MarketMg = scope(row, 'scope2.market_based')
    const billing = nameOrNull(row.billing_account_id)
    return {
      line,
      // What belongs to no project is the billing account's own.
      account: nameOrNull(row['project.id']) ?? named(billing, 'billing_account_id'),
      accountName: null,
      month: monthOf(nameOrNull(row.usage_month), 'usage_month'),
      service: nameOrNull(row['service.description']) ?? nameOrNull(row['service.id']),
      region: nameOrNull(row['location.region']) ?? nameOrNull(row['location.location']),
      modelVersion: named(row.carbon_model_version, 'carbon_model_version'),
      ...{ scope1Mg, scope2LocationMg, scope2MarketMg, scope3Mg },
      totalLocationMg: checked(
        total(row, 'location_based'),
        sumOf(scope1Mg, scope2LocationMg, scope3Mg),
        `carbon_footprint_total_${unit}.location_based`,
      ),
      totalMarketMg: checked(
        total(row, 'market_based'),
        sumOf(scope1Mg, scope2MarketMg, scope3Mg),
        `carbon_footprint_total_${unit}.market_based`,
      ),
      givenUnit: unit,
    }
  }
  return refuseRepeats(readRows(rows, read))
}
