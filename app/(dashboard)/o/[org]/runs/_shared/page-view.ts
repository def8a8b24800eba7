import {
  type ActiveFilter,
  activeFilters,
  addressOf,
  type FilterField,
  type FilterKey,
} from '@/components/shell/filter-query'
import { addDays, type DayRange, type ResolvedRange, resolveRange, shiftRange } from '@/components/shell/range'
import {
  type ExplainedMeasure,
  type ExplainFilters,
  type FigureRatioName,
  figureAddress,
  figureRatioAddress,
} from '@/lib/contracts/explain'
import { type CubeFilter, UNASSIGNED } from '@/lib/rollups/cube-filter'
import type { FilterOptions } from '@/lib/rollups/totals-options'
import { deploymentWords, stageWords } from './words'

export type AskedParams = Record<string, string | string[] | undefined>

/** What the address asks for, as the page shows it: a window, live filters, and dead ones kept as grey chips. */
export interface PageView {
  today: string
  range: ResolvedRange
  defaultKey: string
  fields: FilterField[]
  active: ActiveFilter[]
  filter: CubeFilter
  /** Range, filters and method as they are written in the address. */
  query: URLSearchParams
  /** By which method masses are shown: location-based, or market-based after instruments. */
  method: Method
}

export type Method = 'lb' | 'mb'

/** The current UTC day: pages are told the time by the server. */
export const utcToday = (): string => new Date().toISOString().slice(0, 10)

export const queryOf = (asked: AskedParams): URLSearchParams =>
  new URLSearchParams(
    Object.entries(asked).flatMap(([key, value]) =>
      value === undefined ? [] : [value].flat().map((one): [string, string] => [key, one]),
    ),
  )

const named = (values: string[], label = (value: string) => value) =>
  values.map((value) => ({ value, label: label(value) }))
const withUnassigned = (options: { value: string; label: string }[]) =>
  options.length === 0 ? options : [...options, { value: UNASSIGNED, label: 'Unassigned' }]

const fieldOf = (key: FilterKey, options: FilterOptions): FilterField => {
  switch (key) {
    case 'team':
      return { key, options: withUnassigned(named(options.team)) }
    case 'model':
      return { key, options: withUnassigned(named(options.model)) }
    case 'site':
      return { key, options: withUnassigned(options.site.map(({ slug, name }) => ({ value: slug, label: name }))) }
    case 'stage':
      return { key, options: withUnassigned(named(options.stage, stageWords)) }
    case 'deployment':
      return { key, options: named(options.deployment, deploymentWords) }
    case 'zone':
      return { key, options: withUnassigned(named(options.zone)) }
  }
}

export const pageView = (
  asked: AskedParams,
  options: FilterOptions,
  { today, defaultKey, keys }: { today: string; defaultKey: string; keys: readonly FilterKey[] },
): PageView => {
  const query = queryOf(asked)
  const range = resolveRange(
    { range: query.get('range'), from: query.get('from'), to: query.get('to') },
    { today, defaultKey },
  )
  const fields = keys.map((key) => fieldOf(key, options))
  const active = activeFilters(query, fields)
  const filter: CubeFilter = { from: range.from, to: range.to }
  for (const { key, value, dead } of active) if (!dead) filter[key] = [...(filter[key] ?? []), value]
  const kept = new URLSearchParams(
    [...query].filter(([key]) => ['range', 'from', 'to', 'method', ...keys].includes(key)),
  )
  const method: Method = query.get('method') === 'mb' ? 'mb' : 'lb'
  return { today, range, defaultKey, fields, active, filter, query: kept, method }
}

/** The ledger behind a figure of this page: the window spelled out, because pages differ in their default. */
export const ledgerHref = (org: string, view: PageView, more: Record<string, string> = {}): string => {
  const query = new URLSearchParams(view.active.filter(({ dead }) => !dead).map(({ key, value }) => [key, value]))
  query.set('from', view.range.from)
  query.set('to', view.range.to)
  for (const [key, value] of Object.entries(more)) query.set(key, value)
  return addressOf(`/o/${org}/ledger`, query)
}

/** Filters that are live, as addresses of explanations name them. */
export const liveFilters = (view: PageView): Record<string, string[]> => {
  const filters: Record<string, string[]> = {}
  for (const { key, value, dead } of view.active) if (!dead) filters[key] = [...(filters[key] ?? []), value]
  return filters
}

/** The address that explains a figure of this page: its measure in the window, with the filters that are live. */
export const explainOf = (view: PageView, measure: ExplainedMeasure, more: ExplainFilters = {}): string =>
  figureAddress(measure, view.range, { ...liveFilters(view), ...more })

/** The same of a ratio. */
export const explainRatio = (
  view: PageView,
  ratio: Exclude<FigureRatioName, 'share'>,
  more: ExplainFilters = {},
): string => figureRatioAddress(ratio, view.range, { ...liveFilters(view), ...more })

/** Of the location-based figure of the page, the share of one team, model … */
export const explainShare = (view: PageView, of: 'team' | 'model', name: string): string =>
  figureRatioAddress('share', view.range, { ...liveFilters(view), [of]: name }, { measure: 'location', of })

const yearBefore = (day: string): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  // 29 February → 28 February.
  const last = new Date(Date.UTC(year - 1, month, 0)).getUTCDate()
  return new Date(Date.UTC(year - 1, month - 1, Math.min(date, last))).toISOString().slice(0, 10)
}
const daysIn = ({ from, to }: DayRange): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** The window to compare with, of as many days as have passed: the same days a year before for a long one, else those just before. */
export const windowBefore = (range: DayRange, today: string): DayRange & { words: string } => {
  const to = range.to <= addDays(today, 1) || range.from > today ? range.to : addDays(today, 1)
  const passed = { from: range.from, to }
  if (daysIn(passed) > 180 || range.from.endsWith('-01-01')) {
    const before = { from: yearBefore(passed.from), to: yearBefore(passed.to) }
    return { ...before, words: `on the same days of ${before.from.slice(0, 4)}` }
  }
  if (range.from.endsWith('-01') && range.to.endsWith('-01')) {
    const before = shiftRange(range, -1)
    const cut = to === range.to ? before.to : addDays(before.from, daysIn(passed))
    return { from: before.from, to: cut < before.to ? cut : before.to, words: 'on the same days before' }
  }
  const days = daysIn(passed)
  return { ...shiftRange(passed, -1), words: days === 1 ? 'on the day before' : `on the ${days} days before` }
}

/** ` in the last 30 days`, ` in 2026 so far`, ` in October 2026`, ` from 3 to 5 Nov 2026`. */
export const inRange = (range: ResolvedRange): string => {
  if (range.key === 'fytd') return `in ${range.from.slice(0, 4)} so far`
  if (range.key === 'this-month') return 'this month'
  if (range.label.startsWith('Last ')) return `in the ${range.label.toLowerCase()}`
  return range.label.includes(' to ') ? `from ${range.label}` : `in ${range.label}`
}
