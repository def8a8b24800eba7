import type { AZURE_SCOPES } from '@/lib/contracts/cloud-footprints'
import {
  type DecodedFootprint,
  type FootprintLine,
  mgOf,
  mgPerUnit,
  monthOf,
  nameOrNull,
  RowFault,
  readRows,
} from './footprint-line'
import { readTable, refuseFile } from './table-file'

/**
 * Azure Carbon Optimization: answers of carbonEmissionReports (JSON, kg by its contract), or the same rows as CSV with the unit in the
 * column's name. One call tells one scope, and does not say whether its Scope 2 is location- or market-based.
 */

export interface AzureAsked {
  scope: (typeof AZURE_SCOPES)[number]
  /** `2026-03`, where the rows have no date. */
  month: string | null
  /** A subscription, where the rows name none. */
  account: string | null
}

/** The version of the calculation is in neither form. */
export const AZURE_VERSION = 'not told'

const API_UNIT = 'kgCO2E'
type Item = Record<string, unknown>

interface AzureRows {
  rows: { line: number; row: Item }[]
  unit: string
}

const jsonRows = (text: string): AzureRows => {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return refuseFile('is not JSON')
  }
  const pages = (Array.isArray(parsed) ? parsed : [parsed]) as { value?: unknown; skipToken?: unknown }[]
  if (pages.some((page) => !Array.isArray(page?.value)))
    refuseFile('is no answer of carbonEmissionReports: it lacks value')
  if (pages.at(-1)?.skipToken) refuseFile('the answer goes on: send all of its pages together, as one array')
  const items = pages.flatMap((page) => page.value as Item[])
  if (items.length === 0) refuseFile('the answer holds no rows')
  if (items.some((item) => /^TopItems/i.test(String(item?.dataType ?? ''))))
    refuseFile('tells the largest items and not all of them: ask for ItemDetailsReport or MonthlySummaryReport')
  return { rows: items.map((row, at) => ({ line: at + 1, row })), unit: API_UNIT }
}

const EMISSIONS = /^(?:latest ?month ?)?emissions?\s*\(?\s*((?:kg|mt|t)\s*co2-?eq?)\s*\)?$/i
const CSV_NAMES: Record<string, string> = {
  date: 'date',
  month: 'date',
  subscriptionid: 'subscriptionId',
  resourcetype: 'resourceType',
  location: 'location',
  region: 'location',
  itemname: 'itemName',
  categorytype: 'categoryType',
}

const csvRows = (text: string): AzureRows => {
  const { columns, rows } = readTable(text)
  const emissions = columns.find((name) => EMISSIONS.test(name))
  const unit = EMISSIONS.exec(emissions ?? '')?.[1]
  if (emissions === undefined || unit === undefined)
    return refuseFile('no column such as "Emissions (kgCO2e)" tells the emissions with their unit')
  return {
    unit,
    rows: rows.map(({ line, row }) => ({
      line,
      row: Object.fromEntries([
        ['latestMonthEmissions', row[emissions] ?? null],
        ...Object.entries(row).flatMap(([name, cell]) => {
          const known = CSV_NAMES[name.replace(/[\s_]/g, '')]
          return known ? [[known, cell]] : []
        }),
      ]),
    })),
  }
}

const SUBSCRIPTION = /\/subscriptions\/([0-9a-f-]{36})(\/|$)/i

const accountOf = (row: Item, asked: AzureAsked): string => {
  const byItem = /^subscription$/i.test(String(row.categoryType ?? '')) ? nameOrNull(row.itemName) : null
  const byResource = SUBSCRIPTION.exec(String(row.resourceId ?? ''))?.[1] ?? null
  const account = nameOrNull(row.subscriptionId) ?? byItem ?? byResource ?? asked.account
  if (account === null) throw new RowFault('subscriptionId', 'no subscription is named: give it as account')
  return account.toLowerCase()
}

const itemOf = (row: Item, type: string): string | null =>
  String(row.categoryType ?? '').toLowerCase() === type ? nameOrNull(row.itemName) : null

const add = (a: bigint | null, b: bigint | null): bigint | null => (a === null ? b : b === null ? a : a + b)

/** Resources are finer than what is held here: those of one type and place are added up. */
const together = (lines: FootprintLine[]): FootprintLine[] => {
  const sums = new Map<string, FootprintLine>()
  for (const one of lines) {
    const key = JSON.stringify([one.account, one.month, one.service, one.region])
    const sum = sums.get(key)
    if (!sum) {
      sums.set(key, { ...one })
      continue
    }
    sum.scope1Mg = add(sum.scope1Mg, one.scope1Mg)
    sum.scope2LocationMg = add(sum.scope2LocationMg, one.scope2LocationMg)
    sum.scope2MarketMg = add(sum.scope2MarketMg, one.scope2MarketMg)
    sum.scope3Mg = add(sum.scope3Mg, one.scope3Mg)
  }
  return [...sums.values()]
}

/** @throws AppError invalid_input: a file that is no such report */
export const decodeAzure = (text: string, asked: AzureAsked): DecodedFootprint => {
  const { rows, unit } = /^\s*[[{]/.test(text) ? jsonRows(text) : csvRows(text)
  const mgPer = mgPerUnit(unit)
  if (mgPer === null) return refuseFile(`${unit} is no unit of emissions that is known here`)
  const { lines, refused } = readRows(rows, (row, line) => {
    const mg = mgOf(row.latestMonthEmissions, mgPer, 'latestMonthEmissions')
    if (mg === null) throw new RowFault('latestMonthEmissions', 'is empty')
    const told = nameOrNull(row.date)
    if (told === null && asked.month === null) throw new RowFault('date', 'no month is told: give it as month')
    return {
      line,
      account: accountOf(row, asked),
      accountName: null,
      month: monthOf(told === null ? `${asked.month}-01` : /^\d{4}-\d{2}$/.test(told) ? `${told}-01` : told, 'date'),
      service: nameOrNull(row.resourceType) ?? itemOf(row, 'resourcetype'),
      region: nameOrNull(row.location) ?? itemOf(row, 'location'),
      modelVersion: AZURE_VERSION,
      scope1Mg: asked.scope === 'Scope1' ? mg : null,
      // Which of the two it is, nobody says: the same in both, and shown as neither.
      scope2LocationMg: asked.scope === 'Scope2' ? mg : null,
      scope2MarketMg: asked.scope === 'Scope2' ? mg : null,
      scope3Mg: asked.scope === 'Scope3' ? mg : null,
      totalLocationMg: null,
      totalMarketMg: null,
      givenUnit: unit,
    }
  })
  return { lines: together(lines), refused }
}
