import { type SeenSeries, type SourceMapping, seenSeriesSchema, sourceMappingSchema } from '@/lib/contracts/mapping'
import { appPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { log } from '@/lib/log'
import { sourceOf } from '@/lib/registry/sources'
import { type Mapped, printable, seriesMapper } from './mapping/map-series'
import { SeenSeriesLog } from './seen-series'
import type { SeriesVisitor, WireSeries } from './wire/wire-series'

export type MetricProtocol = 'prometheus' | 'otlp' | 'pushgateway'

export interface MetricSender {
  orgId: string
  keyId: string
  protocol: MetricProtocol
  /** `?source=`; null: the key's own name. */
  source: string | null
}

/** A source as the receivers know it between requests: its mapping, and what its series have become. */
export interface MetricSource {
  sourceId: string
  name: string
  mapping: SourceMapping
  seen: SeenSeriesLog
  mappedOf(key: string, series: Parameters<SeriesVisitor>[1]): { mapped: Mapped; series: WireSeries }
}

/** A changed mapping holds everywhere within this time; until then a known source costs no query. */
const TRUST_MS = 3000
const MOST_SERIES = 50_000
/** All names together: what a series has become takes about as much again. */
const MOST_KEY_CHARACTERS = 24 * 1024 * 1024
/** A longer name of a series is worked out anew each time, so that names cannot fill the memory. */
const LONGEST_KEY = 4096

interface Known {
  source: MetricSource
  said: string
  until: number
}
const known = new Map<string, Known>()

/** The source that a key's requests come from: protocol and name, made when it is new. */
export const metricSourceOf = async (sender: MetricSender): Promise<MetricSource> => {
  const cacheKey = `${sender.orgId} ${sender.protocol} ${sender.keyId} ${sender.source ?? ''}`
  const cached = known.get(cacheKey)
  if (cached && cached.until > Date.now()) return cached.source
  const { sourceId, name, said } = await lookUp(sender)
  const text = JSON.stringify(said.mapping)
  const source =
    cached?.said === text && cached.source.sourceId === sourceId
      ? cached.source
      : newSource(sender, sourceId, name, said)
  if (known.size > 1000) known.clear()
  known.set(cacheKey, { source, said: text, until: Date.now() + TRUST_MS })
  return source
}

const lookUp = (sender: MetricSender) =>
  withOrgSql(appPool(), sender.orgId, async (tx) => {
    const { orgId, keyId, protocol } = sender
    const named = printable(sender.source)
    const keys =
      named === null
        ? await tx.query<{ name: string }>('select name from api_key where org_id = $1 and key_id = $2', [orgId, keyId])
        : null
    const name = named ?? printable(keys?.rows[0]?.name ?? null) ?? protocol
    const sourceId = await sourceOf(tx, orgId, protocol, name)
    const { rows } = await tx.query<{ mapping: unknown }>(
      'select mapping from source where org_id = $1 and source_id = $2',
      [orgId, sourceId],
    )
    return { sourceId, name, said: storedMapping(rows[0]?.mapping) }
  })

/** `source.mapping` holds the mapping and, beside it, the series last seen. What is no longer understood does not stop ingest. */
export const storedMapping = (stored: unknown): { mapping: SourceMapping; seen: SeenSeries[] } => {
  const { seen, ...said } = (stored ?? {}) as Record<string, unknown>
  const mapping = sourceMappingSchema.safeParse(said)
  if (!mapping.success) log.warn({ issues: mapping.error.issues.slice(0, 3) }, 'a stored mapping is not understood')
  return {
    mapping: mapping.success ? mapping.data : sourceMappingSchema.parse({}),
    seen: seenSeriesSchema.array().safeParse(seen).data ?? [],
  }
}

const newSource = (
  { orgId }: MetricSender,
  sourceId: string,
  name: string,
  said: ReturnType<typeof storedMapping>,
): MetricSource => {
  const map = seriesMapper(said.mapping, name)
  const series = new Map<string, { mapped: Mapped; series: WireSeries }>()
  let characters = 0
  const seen = new SeenSeriesLog(orgId, sourceId, said.seen)
  return {
    sourceId,
    name,
    mapping: said.mapping,
    seen,
    mappedOf: (key, tell) => {
      const before = series.get(key)
      if (before) return before
      const wire = tell()
      const found = { mapped: map(wire), series: wire }
      seen.add(wire)
      if (key.length <= LONGEST_KEY) {
        if (series.size >= MOST_SERIES || characters > MOST_KEY_CHARACTERS) {
          series.clear()
          characters = 0
        }
        series.set(key, found)
        characters += key.length
      }
      return found
    },
  }
}
