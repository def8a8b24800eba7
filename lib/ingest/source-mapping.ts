import type {
  MappingPreviewAnswer,
  PreviewRow,
  SeenSeries,
  SourceMapping,
  SourceMappingAnswer,
} from '@/lib/contracts/mapping'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import { type Mapped, seriesMapper } from './mapping/map-series'
import { storedMapping } from './metric-source'

interface SourceRow {
  source_id: string
  protocol: string
  name: string
  mapping: unknown
}

/** By its id, or as `protocol:name`. @throws AppError not_found */
const sourceRow = async (tx: Tx, orgId: string, source: string, lock = false): Promise<SourceRow> => {
  const { rows } = await tx.query<SourceRow>(
    `select source_id, protocol, name, mapping from source
     where org_id = $1 and (source_id::text = $2 or protocol || ':' || name = $2) ${lock ? 'for update' : ''}`,
    [orgId, source],
  )
  if (!rows[0]) throw new AppError('not_found', 'No such source.')
  return rows[0]
}

const answerOf = (row: SourceRow, mapping: SourceMapping): SourceMappingAnswer => ({
  source: { id: row.source_id, protocol: row.protocol, name: row.name },
  mapping,
})

export const readSourceMapping = (orgId: string, source: string): Promise<SourceMappingAnswer> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const row = await sourceRow(tx, orgId, source)
    return answerOf(row, storedMapping(row.mapping).mapping)
  })

/** Holds from the next requests on (within seconds); readings already taken keep what was said then. */
export const writeSourceMapping = (
  orgId: string,
  source: string,
  mapping: SourceMapping,
  by: Author,
): Promise<SourceMappingAnswer> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const row = await sourceRow(tx, orgId, source, true)
    const before = storedMapping(row.mapping)
    if (JSON.stringify(before.mapping) === JSON.stringify(mapping)) return answerOf(row, mapping)
    await tx.query('update source set mapping = $3 where org_id = $1 and source_id = $2', [
      orgId,
      row.source_id,
      JSON.stringify({ ...mapping, seen: before.seen }),
    ])
    await writeAuditEvent(tx, orgId, by, {
      action: 'source.map',
      objectKind: 'source',
      objectId: row.source_id,
      detail: { before: before.mapping, after: mapping },
    })
    return answerOf(row, mapping)
  })

/** What the series last seen of a source would become under a mapping, beside what they become now. */
export const previewMapping = (orgId: string, source: string, tried: SourceMapping): Promise<MappingPreviewAnswer> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const row = await sourceRow(tx, orgId, source)
    const { mapping, seen } = storedMapping(row.mapping)
    const [now, then] = [seriesMapper(mapping, row.name), seriesMapper(tried, row.name)]
    const { rows } = await tx.query<{ metric: string; reason: string; samples: number }>(
      `select metric, reason, least(sum(samples), 9007199254740991)::float8 as samples from left_out_count
       where org_id = $1 and source_id = $2 and day > (now() at time zone 'utc')::date - 7
       group by metric, reason having sum(samples) > 0 order by samples desc, metric limit 200`,
      [orgId, row.source_id],
    )
    return { series: seen.map((one) => previewOf(one, now, then)), left_out: rows }
  })

const previewOf = (seen: SeenSeries, now: (series: Wire) => Mapped, then: (series: Wire) => Mapped): PreviewRow => {
  const series = { ...seen, labels: seen.labels.map(([name, value]) => ({ name, value })) }
  const becomes = shown(then(series))
  return {
    metric: seen.metric,
    labels: Object.fromEntries(seen.labels),
    seen_at: new Date(seen.seenAt).toISOString(),
    ...becomes,
    changed: JSON.stringify(becomes) !== JSON.stringify(shown(now(series))),
  }
}
type Wire = Parameters<ReturnType<typeof seriesMapper>>[0]

const NOTHING = {
  reason: null,
  because: null,
  meter: null,
  kind: null,
  unit: null,
  boundary: null,
  component: null,
  device: null,
  run: null,
  service: null,
  team: null,
  model: null,
  stage: null,
  site: null,
  cloud_region: null,
  deployment: null,
}

const shown = (mapped: Mapped): Omit<PreviewRow, 'metric' | 'labels' | 'seen_at' | 'changed'> => {
  const rule = mapped.rule === null ? null : `${mapped.rule.exporter}: ${mapped.rule.metric}`
  switch (mapped.is) {
    case 'left_out':
      return { ...NOTHING, becomes: 'left out', rule, reason: mapped.reason, because: mapped.because }
    case 'delivery':
      return {
        ...NOTHING,
        becomes: 'functional units',
        rule,
        unit: mapped.unit,
        kind: mapped.counts,
        run: mapped.run,
        service: mapped.service,
      }
    case 'reading': {
      const { context, meter, kind, unit, boundary, component, device } = mapped
      const { run, service, team, model, stage, site, cloudRegion, deployment } = context
      return {
        ...NOTHING,
        ...{ becomes: 'reading', rule, meter, kind, unit, boundary, component, device },
        ...{ run, service, team, model, stage, site, cloud_region: cloudRegion, deployment },
      }
    }
  }
}
