import type { TailAnswer } from '@/lib/contracts/source-items'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { decodeRows } from '@/lib/ledger/codec'
import { CODEC_COLUMNS, decodeColumns } from '@/lib/ledger/columns'

const MOST_READINGS = 100
const MOST_BATCHES = 30

interface BatchRow {
  received_at: Date
  codec: number
  readings: number
  series_ids: string[]
  attribution_ids: string[]
  payload: Buffer
}

/** A reading that names its series and attribution by number or by id, as its batch does. */
interface Told {
  receivedAt: Date
  series: number | string
  attribution: number | string
  at: number
  start: number | null
  value: number
}

const readingsOf = (batch: BatchRow): Told[] => {
  const receivedAt = batch.received_at
  if (batch.codec !== CODEC_COLUMNS)
    return decodeRows(batch.codec, batch.payload).map((row) => ({
      ...{ receivedAt, at: row.at, start: row.start, value: row.value },
      series: batch.series_ids[row.series] as string,
      attribution: batch.attribution_ids[row.attribution] as string,
    }))
  const columns = decodeColumns(batch.payload)
  const told: Told[] = []
  let at = 0
  columns.series.forEach((series, place) => {
    for (const end = at + (columns.counts[place] as number); at < end; at += 1) {
      const start = columns.start[at] as number
      told.push({
        ...{ receivedAt, series, attribution: columns.attribution[at] as number },
        at: columns.at[at] as number,
        start: Number.isNaN(start) ? null : start,
        value: columns.value[at] as number,
      })
    }
  })
  return told
}

interface SeriesRow {
  number: number | null
  id: string
  meter: string
  kind: string
  unit: string
  site: string | null
}
interface AttributionRow {
  number: number | null
  id: string
  run: string | null
  service: string | null
  team: string | null
  model: string | null
  site: string | null
}

/** Rows by their number and by their id: batches of either form find them. */
const byName = <Row extends { number: number | null; id: string }>(rows: Row[]): Map<number | string, Row> =>
  new Map(
    rows.flatMap((row): [number | string, Row][] => [
      [row.id, row],
      ...(row.number === null ? [] : ([[row.number, row]] as [number, Row][])),
    ]),
  )

const split = (names: (number | string)[]) => ({
  numbers: [...new Set(names.filter((one) => typeof one === 'number'))],
  ids: [...new Set(names.filter((one) => typeof one === 'string'))],
})

const seriesNamed = async (tx: Tx, orgId: string, names: (number | string)[]) => {
  const { numbers, ids } = split(names)
  const { rows } = await tx.query<SeriesRow>(
    `/* tail.series */
     select s.number, s.series_id as id, s.meter, s.kind, s.unit, p.name as site
     from series s left join site p on p.org_id = s.org_id and p.site_id = s.site_id
     where s.org_id = $1 and (s.number = any($2::int[]) or s.series_id = any($3::uuid[]))`,
    [orgId, numbers, ids],
  )
  return byName(rows)
}

const attributionsNamed = async (tx: Tx, orgId: string, names: (number | string)[]) => {
  const { numbers, ids } = split(names)
  const { rows } = await tx.query<AttributionRow>(
    `/* tail.attributions */
     select a.number, a.attribution_id as id, r.name as run, v.name as service, t.name as team, m.name as model, p.name as site
     from attribution a
     left join run r on r.org_id = a.org_id and r.run_id = a.run_id
     left join service v on v.org_id = a.org_id and v.service_id = a.service_id
     left join team t on t.org_id = a.org_id and t.team_id = a.team_id
     left join model m on m.org_id = a.org_id and m.model_id = a.model_id
     left join site p on p.org_id = a.org_id and p.site_id = a.site_id
     where a.org_id = $1 and (a.number = any($2::int[]) or a.attribution_id = any($3::uuid[]))`,
    [orgId, numbers, ids],
  )
  return byName(rows)
}

/** The newest readings of a source, decoded from its newest batches: newest receipt first, of one request the latest first. */
export const liveTail = (orgId: string, sourceId: string): Promise<TailAnswer> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const { rowCount } = await tx.query('select 1 from source where org_id = $1 and source_id = $2', [orgId, sourceId])
    if (rowCount === 0) throw new AppError('not_found', 'No such source.')
    const { rows: newest } = await tx.query<BatchRow>(
      `/* tail.batches */
       select b.received_at, b.codec, b.readings, b.series_ids, b.attribution_ids, b.payload
       from (
         select *, sum(readings) over (order by received_at desc, batch_id) - readings as before
         from (select * from reading_batch where org_id = $1 and source_id = $2 order by received_at desc limit $3) n
       ) b
       where b.before < $4 order by b.received_at desc, b.batch_id`,
      [orgId, sourceId, MOST_BATCHES, MOST_READINGS],
    )
    const told = newest
      .flatMap((batch) =>
        readingsOf(batch)
          .sort((a, b) => b.at - a.at)
          .slice(0, MOST_READINGS),
      )
      .slice(0, MOST_READINGS)
    const series = await seriesNamed(
      tx,
      orgId,
      told.map((one) => one.series),
    )
    const attributions = await attributionsNamed(
      tx,
      orgId,
      told.map((one) => one.attribution),
    )
    return {
      now: new Date().toISOString(),
      readings: told.flatMap((one) => {
        const meter = series.get(one.series)
        const of = attributions.get(one.attribution)
        if (!meter) return []
        return [
          {
            received_at: one.receivedAt.toISOString(),
            at: new Date(one.at).toISOString(),
            start: one.start === null ? null : new Date(one.start).toISOString(),
            ...{ value: one.value, unit: meter.unit, kind: meter.kind, meter: meter.meter },
            ...{ site: meter.site ?? of?.site ?? null, run: of?.run ?? null, service: of?.service ?? null },
            ...{ team: of?.team ?? null, model: of?.model ?? null },
          },
        ]
      }),
    }
  })
