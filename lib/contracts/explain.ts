import { z } from 'zod'

/**
 * The address of an explanation (docs/decisions/0013): a path and a query, as they stand after /api/v1/explain/. Pages, CSV rows and
 * PDF cells carry it. Days are UTC, half-open: `to` is the first day outside.
 */

/** What a figure over ledger entries may be. `before` (upstream and losses) and the `total-` ones are sums of the others. */
export const EXPLAINED_MEASURES = [
  'location',
  'market',
  'energy',
  'facility',
  'loss',
  'upstream',
  'embodied',
  'water',
  'source-water',
  'before',
  'total-location',
  'total-market',
  'total-water',
] as const
export type ExplainedMeasure = (typeof EXPLAINED_MEASURES)[number]

/**
 * Ratios over ledger entries: facility ÷ IT energy, emissions ÷ energy, time read ÷ time run, mass of tiers 1 and 2 ÷ mass, and a measure ÷
 * the same without one of its filters.
 */
export const FIGURE_RATIOS = ['pue', 'intensity', 'coverage', 'grade', 'share'] as const
export type FigureRatioName = (typeof FIGURE_RATIOS)[number]

export const SITE_RATIOS = ['pue', 'cue', 'wue', 'ref', 'erf'] as const
export type SiteRatioName = (typeof SITE_RATIOS)[number]
/** Of a grid zone's hours: their plain mean, the mean weighted by one's own energy, and the extremes. */
export const ZONE_RATIOS = ['mean', 'own', 'lowest', 'highest'] as const
export type ZoneRatioName = (typeof ZONE_RATIOS)[number]
/** What an asset weighs, what category 2 books, what ran off in a window, who carried it, what stood idle and what is left after it. */
export const ASSET_MEASURES = ['embodied', 'booked', 'end-of-life', 'run-off', 'carried', 'idle', 'left'] as const
/** The same of the whole register. */
export const HARDWARE_MEASURES = ['run-off', 'carried', 'idle', 'left'] as const
export type HardwareMeasure = (typeof HARDWARE_MEASURES)[number]
export type AssetMeasure = (typeof ASSET_MEASURES)[number]
/** `upstream`: well-to-tank of a fuel. */
export const ACTIVITY_MEASURES = ['emissions', 'upstream'] as const
/** Of all activities that touch a window, whole: by scope, the fuels' upstream, and the share of Scope 3 that suppliers stated. */
export const ACTIVITY_SCOPES = ['1', '3', 'upstream', 'biogenic', 'primary'] as const
export type ActivityScopeName = (typeof ACTIVITY_SCOPES)[number]
/** What instruments do to a window's Scope 2: by the month (covered), by the hour (matched), what that would come to, what is left over. */
export const INSTRUMENTS_MEASURES = ['market', 'covered', 'matched', 'hourly', 'surplus'] as const
export type InstrumentsMeasure = (typeof INSTRUMENTS_MEASURES)[number]
export const INSTRUMENT_MEASURES = ['effect', 'covered', 'surplus'] as const
export type InstrumentMeasure = (typeof INSTRUMENT_MEASURES)[number]
/** Of a model's whole life; `marginal` and `amortised` are per functional unit. */
export const MODEL_MEASURES = [
  'making',
  'lost',
  'inference',
  'upstream',
  'embodied',
  'total',
  'marginal',
  'development',
  'amortised',
] as const
export type ModelMeasure = (typeof MODEL_MEASURES)[number]
/** Per unit delivered: the score, its two parts, energy and water. */
export const SERVICE_RATIOS = ['sci', 'operation', 'embodied', 'energy', 'water'] as const
export type ServiceRatioName = (typeof SERVICE_RATIOS)[number]
export type ActivityMeasure = (typeof ACTIVITY_MEASURES)[number]

/** Names as the ledger's filters write them; each may be given several times. */
export const EXPLAIN_FILTERS = ['team', 'model', 'run', 'service', 'site', 'stage', 'zone', 'deployment'] as const
export type ExplainFilter = (typeof EXPLAIN_FILTERS)[number]
export type ExplainFilters = Partial<Record<ExplainFilter, string | readonly string[]>>

const day = z.iso.date({ error: 'must be a UTC day such as 2026-03-01' })
const query = (entries: [string, string | number | undefined | null][]): string => {
  const kept = entries.filter(
    (entry): entry is [string, string | number] => entry[1] !== undefined && entry[1] !== null,
  )
  const text = new URLSearchParams(kept.map(([key, value]) => [key, String(value)])).toString()
  return text ? `?${text}` : ''
}

export const figureAddress = (
  measure: ExplainedMeasure,
  window: { from: string; to: string },
  filters: ExplainFilters = {},
): string =>
  `figure${query([
    ['measure', measure],
    ['from', window.from],
    ['to', window.to],
    ...EXPLAIN_FILTERS.flatMap((key) => [filters[key] ?? []].flat().map((value): [string, string] => [key, value])),
  ])}`

export const figureRatioAddress = (
  ratio: FigureRatioName,
  window: { from: string; to: string },
  filters: ExplainFilters = {},
  share?: { measure: ExplainedMeasure; of: ExplainFilter },
): string => {
  const [path, search] = figureAddress(share?.measure ?? 'location', window, filters).split('?')
  const words = new URLSearchParams(search)
  if (share === undefined) words.delete('measure')
  const more = new URLSearchParams({ ratio, ...(share === undefined ? {} : { of: share.of }) })
  return `${path}?${[...more, ...words].map(([key, value]) => new URLSearchParams({ [key]: value }).toString()).join('&')}`
}

/** @param line `led_…` */
export const lineAddress = (
  line: string,
  measure: ExplainedMeasure = 'location',
  hour?: number,
  /** Of an entry whose hours fall into two scope lines: the row code of one of them. */
  row: string | null = null,
): string =>
  `line/${line}${query([
    ['measure', measure],
    ['hour', hour],
    ['row', row],
  ])}`

export const statementAddress = (year: number | string, rowCode: string): string =>
  `statement/${year}/${encodeURIComponent(rowCode)}`
export const siteAddress = (slug: string, ratio: SiteRatioName, window: { from: string; to: string }): string =>
  `site/${encodeURIComponent(slug)}${query([
    ['ratio', ratio],
    ['from', window.from],
    ['to', window.to],
  ])}`
export const zoneAddress = (zone: string, ratio: ZoneRatioName, window: { from: string; to: string }): string =>
  `zone/${encodeURIComponent(zone)}${query([
    ['ratio', ratio],
    ['from', window.from],
    ['to', window.to],
  ])}`
interface Days {
  from: string
  to: string
}
/** Without days the whole activity; with them the part of it that lies inside. */
export const activityAddress = (id: string, measure: ActivityMeasure = 'emissions', within?: Days): string =>
  `activity/${id}${query([
    ['measure', measure === 'emissions' ? null : measure],
    ['from', within?.from],
    ['to', within?.to],
  ])}`
/** The days of what happens in time: without them from its first day to today. */
export const assetAddress = (id: string, measure: AssetMeasure = 'embodied', within?: Days): string =>
  `asset/${id}${query([
    ['measure', measure],
    ['from', within?.from],
    ['to', within?.to],
  ])}`
export const hardwareAddress = (measure: HardwareMeasure, window: Days): string =>
  `hardware${query([
    ['measure', measure],
    ['from', window.from],
    ['to', window.to],
  ])}`
export const instrumentAddress = (id: string, measure: InstrumentMeasure = 'effect'): string =>
  `instrument/${id}${query([['measure', measure === 'effect' ? null : measure]])}`
/** Whole months; `market` narrows to a country or grid zone. */
export const instrumentsAddress = (measure: InstrumentsMeasure, window: Days, market: string | null = null): string =>
  `instruments${query([
    ['measure', measure],
    ['from', window.from],
    ['to', window.to],
    ['market', market],
  ])}`
export const activitiesAddress = (scope: ActivityScopeName, window: Days): string =>
  `activities${query([
    ['scope', scope],
    ['from', window.from],
    ['to', window.to],
  ])}`
/** @param unit of what is per use @param over units that making is spread over; null: those served to date */
export const modelAddress = (
  model: string,
  measure: ModelMeasure,
  unit: string | null = null,
  over: number | null = null,
): string =>
  `model/${encodeURIComponent(model)}${query([
    ['measure', measure],
    ['unit', unit],
    ['over', over],
  ])}`
export const serviceAddress = (
  id: string,
  unit: string,
  window: { from: string; to: string },
  ratio: ServiceRatioName = 'sci',
): string =>
  `service/${id}${query([
    ['ratio', ratio],
    ['unit', unit],
    ['from', window.from],
    ['to', window.to],
  ])}`
export const factorAddress = (id: string, version: number): string => `factor/${encodeURIComponent(id)}@${version}`

/** The page that prints an explanation: what a CSV row or a PDF cell links to. `origin` such as https://example.org. */
export const explainUrl = (orgSlug: string, address: string, origin = ''): string =>
  `${origin}/o/${encodeURIComponent(orgSlug)}/explain?address=${encodeURIComponent(address)}`
/** The same as JSON. */
export const explainApiUrl = (orgSlug: string, address: string): string =>
  `/api/v1/explain/${address}${address.includes('?') ? '&' : '?'}org=${encodeURIComponent(orgSlug)}`

const window = { from: day, to: day }
const forward = ({ from, to }: { from: string; to: string }) => to > from
const isForward = { path: ['to'], message: 'must be after from' }
const measure = z.enum(EXPLAINED_MEASURES).default('location')
const texts = z.array(z.string().min(1).max(200)).max(50)

/** An address taken apart: what is explained. */
export const explainTargetSchema = z.union([
  z.object({ kind: z.literal('hardware'), measure: z.enum(HARDWARE_MEASURES), ...window }).refine(forward, isForward),
  z
    .object({ kind: z.literal('zone'), zone: z.string().min(1).max(60), ratio: z.enum(ZONE_RATIOS), ...window })
    .refine(forward, isForward),
  z
    .object({
      kind: z.literal('figure'),
      measure,
      ratio: z.enum(FIGURE_RATIOS).nullable(),
      /** Of a share: which filter the whole is without. */
      of: z.enum(EXPLAIN_FILTERS).nullable(),
      ...window,
      filters: z.object(
        Object.fromEntries(EXPLAIN_FILTERS.map((key) => [key, texts])) as Record<ExplainFilter, typeof texts>,
      ),
    })
    .refine(forward, isForward)
    .refine(({ ratio, of, filters }) => (ratio === 'share') === (of !== null && filters[of].length > 0), {
      path: ['of'],
      message: 'a share says of which of its filters it is the part',
    }),
  z.object({
    kind: z.literal('line'),
    line: z.string().regex(/^led_[0-9a-f]{32}$/),
    measure,
    hour: z.coerce.number().int().min(0).max(23).nullable(),
    row: z.string().min(1).max(60).nullable(),
  }),
  z.object({
    kind: z.literal('statement'),
    year: z.coerce.number().int().min(1990).max(2200),
    row: z.string().min(1).max(60),
  }),
  z
    .object({ kind: z.literal('site'), site: z.string().min(1).max(63), ratio: z.enum(SITE_RATIOS), ...window })
    .refine(forward, isForward),
  z.object({
    kind: z.literal('activity'),
    id: z.uuid(),
    measure: z.enum(ACTIVITY_MEASURES).default('emissions'),
    within: z.object(window).refine(forward, isForward).nullable(),
  }),
  z.object({
    kind: z.literal('asset'),
    id: z.uuid(),
    measure: z.enum(ASSET_MEASURES).default('embodied'),
    within: z.object(window).refine(forward, isForward).nullable(),
  }),
  z.object({
    kind: z.literal('instrument'),
    id: z.uuid(),
    measure: z.enum(INSTRUMENT_MEASURES).default('effect'),
  }),
  z
    .object({
      kind: z.literal('instruments'),
      measure: z.enum(INSTRUMENTS_MEASURES),
      market: z
        .string()
        .regex(/^[A-Za-z][A-Za-z0-9_:-]{1,39}$/)
        .nullable(),
      ...window,
    })
    .refine(forward, isForward),
  z.object({ kind: z.literal('activities'), scope: z.enum(ACTIVITY_SCOPES), ...window }).refine(forward, isForward),
  z.object({
    kind: z.literal('model'),
    model: z.string().min(1).max(200),
    measure: z.enum(MODEL_MEASURES),
    unit: z.string().min(1).max(40).nullable(),
    over: z.coerce.number().positive().nullable(),
  }),
  z
    .object({
      kind: z.literal('service'),
      id: z.uuid(),
      ratio: z.enum(SERVICE_RATIOS),
      unit: z.string().min(1).max(40),
      ...window,
    })
    .refine(forward, isForward),
  z.object({ kind: z.literal('factor'), id: z.string().min(1).max(300), version: z.coerce.number().int().min(1) }),
])
export type ExplainTarget = z.infer<typeof explainTargetSchema>

const only = (search: URLSearchParams, key: string): string | undefined => search.get(key) ?? undefined

const partsOf = (segments: readonly string[], search: URLSearchParams): unknown => {
  const [kind, id, more] = segments
  const span = { from: only(search, 'from'), to: only(search, 'to') }
  if (kind === 'figure' && segments.length === 1) {
    const filters = Object.fromEntries(EXPLAIN_FILTERS.map((key) => [key, search.getAll(key)]))
    const [ratio, of] = [only(search, 'ratio') ?? null, only(search, 'of') ?? null]
    return { kind, measure: only(search, 'measure'), ratio, of, ...span, filters }
  }
  if (kind === 'statement' && segments.length === 3) return { kind, year: id, row: more }
  if (kind === 'instruments' && segments.length === 1)
    return { kind, measure: only(search, 'measure'), ...span, market: only(search, 'market') ?? null }
  if (kind === 'activities' && segments.length === 1) return { kind, scope: only(search, 'scope'), ...span }
  if (kind === 'hardware' && segments.length === 1) return { kind, measure: only(search, 'measure'), ...span }
  // A factor's id may hold slashes.
  if (kind === 'factor' && segments.length >= 2) {
    const [, name, version] = /^(.*)@(\d+)$/.exec(segments.slice(1).join('/')) ?? []
    return { kind, id: name, version }
  }
  if (segments.length !== 2) return null
  if (kind === 'line')
    return {
      kind,
      line: id,
      measure: only(search, 'measure'),
      hour: only(search, 'hour') ?? null,
      row: only(search, 'row') ?? null,
    }
  if (kind === 'zone') return { kind, zone: id, ratio: only(search, 'ratio'), ...span }
  if (kind === 'site') return { kind, site: id, ratio: only(search, 'ratio'), ...span }
  if (kind === 'instrument') return { kind, id, measure: only(search, 'measure') }
  if (kind === 'model') {
    const [unit, over] = [only(search, 'unit') ?? null, only(search, 'over') ?? null]
    return { kind, model: id, measure: only(search, 'measure'), unit, over }
  }
  const within = span.from === undefined && span.to === undefined ? null : span
  if (kind === 'activity' || kind === 'asset') return { kind, id, measure: only(search, 'measure'), within }
  if (kind === 'service') return { kind, id, ratio: only(search, 'ratio'), unit: only(search, 'unit'), ...span }
  return null
}

/** Path segments (decoded) and query → what is explained; null for what is no address. */
export const targetOf = (segments: readonly string[], search: URLSearchParams): ExplainTarget | null =>
  explainTargetSchema.safeParse(partsOf(segments, search)).data ?? null

/** An address as text → what is explained; null for what is no address. */
export const readAddress = (address: string): ExplainTarget | null => {
  const [path = '', ...rest] = address.split('?')
  try {
    return targetOf(path.split('/').map(decodeURIComponent), new URLSearchParams(rest.join('?')))
  } catch {
    return null // a broken percent escape
  }
}

/** The one way an address is written, whatever order it was asked in. */
export const addressOfTarget = (target: ExplainTarget): string => {
  switch (target.kind) {
    case 'figure':
      return target.ratio === null
        ? figureAddress(target.measure, target, target.filters)
        : figureRatioAddress(
            target.ratio,
            target,
            target.filters,
            target.of === null ? undefined : { measure: target.measure, of: target.of },
          )
    case 'line':
      return lineAddress(target.line, target.measure, target.hour ?? undefined, target.row)
    case 'statement':
      return statementAddress(target.year, target.row)
    case 'site':
      return siteAddress(target.site, target.ratio, target)
    case 'hardware':
      return hardwareAddress(target.measure, target)
    case 'zone':
      return zoneAddress(target.zone, target.ratio, target)
    case 'activity':
      return activityAddress(target.id, target.measure, target.within ?? undefined)
    case 'asset':
      return assetAddress(target.id, target.measure, target.within ?? undefined)
    case 'instrument':
      return instrumentAddress(target.id, target.measure)
    case 'instruments':
      return instrumentsAddress(target.measure, target, target.market)
    case 'activities':
      return activitiesAddress(target.scope, target)
    case 'model':
      return modelAddress(target.model, target.measure, target.unit, target.over)
    case 'service':
      return serviceAddress(target.id, target.unit, target, target.ratio)
    case 'factor':
      return factorAddress(target.id, target.version)
  }
}
