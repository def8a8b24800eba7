import { createHash } from 'node:crypto'
import { newId } from '@/lib/db/ids'
import type { Tx } from '@/lib/db/with-org-sql'
import { idsOfNames } from '@/lib/registry/names'
import { dayName } from '@/lib/units/time'
import { deliveredSince, type FunctionalCounter } from './delivered-since'
import type { MappedDelivery } from './mapping/map-series'
import type { WireSample } from './wire/wire-series'

export interface DeliveredSeries {
  /** Tells the series from every other of its source. */
  key: string
  mapped: MappedDelivery
  samples: WireSample[]
}

interface CounterRow {
  series_key: Buffer
  start_at: Date | null
  last_at: Date
  last_value: number
}

/**
 * Counters of functional units → what was delivered between two samples, added to the day in which it ended, in the caller's transaction.
 * The counter's last value is kept with it, so a request that comes again adds nothing. What a person or another source has stated for
 * the same name, day and unit stands, and nothing is added to it. Returns the number of samples taken.
 */
export const writeDeliveries = async (
  tx: Tx,
  orgId: string,
  source: { sourceId: string; name: string },
  series: DeliveredSeries[],
): Promise<number> => {
  if (series.length === 0) return 0
  const byKey = new Map<string, DeliveredSeries>()
  for (const one of series) {
    const key = createHash('sha256').update(`${one.mapped.unit}\n${one.key}`).digest('hex')
    const known = byKey.get(key)
    byKey.set(key, known ? { ...known, samples: [...known.samples, ...one.samples] } : one)
  }
  const before = await countersOf(tx, orgId, source.sourceId, [...byKey.keys()].sort())

  const counts = new Map<
    string,
    { run: string | null; service: string | null; day: string; unit: string; count: number }
  >()
  const after = new Map<string, { unit: string; counter: FunctionalCounter }>()
  let taken = 0
  for (const [key, { mapped, samples }] of byKey) {
    const since = deliveredSince(before.get(key) ?? null, samples, mapped.rule.lossy ? 'lossy' : mapped.counts)
    taken += samples.length
    if (since.counter) after.set(key, { unit: mapped.unit, counter: since.counter })
    for (const { at, count } of since.delivered) {
      const row = { run: mapped.run, service: mapped.service, day: dayName(at), unit: mapped.unit, count }
      const id = JSON.stringify([row.run, row.service, row.day, row.unit])
      counts.set(id, { ...row, count: count + (counts.get(id)?.count ?? 0) })
    }
  }
  await writeCounters(tx, orgId, source.sourceId, after)
  await addUnits(tx, orgId, source.name, [...counts.values()])
  return taken
}

const countersOf = async (tx: Tx, orgId: string, sourceId: string, keys: string[]) => {
  // Two requests of one sender take turns: both would see the same last value.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 3))', [`${orgId} ${sourceId} functional units`])
  const { rows } = await tx.query<CounterRow>(
    `select series_key, start_at, last_at, last_value from functional_counter
     where org_id = $1 and source_id = $2 and series_key = any($3::bytea[])`,
    [orgId, sourceId, keys.map((key) => Buffer.from(key, 'hex'))],
  )
  return new Map(
    rows.map((row): [string, FunctionalCounter] => [
      row.series_key.toString('hex'),
      { start: row.start_at?.getTime() ?? null, at: row.last_at.getTime(), value: row.last_value },
    ]),
  )
}

const writeCounters = async (
  tx: Tx,
  orgId: string,
  sourceId: string,
  after: Map<string, { unit: string; counter: FunctionalCounter }>,
) => {
  const rows = [...after]
  if (rows.length === 0) return
  await tx.query(
    `insert into functional_counter (org_id, source_id, series_key, unit, start_at, last_at, last_value)
     select $1, $2, * from unnest($3::bytea[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::float8[])
     on conflict (org_id, source_id, series_key) do update
       set start_at = excluded.start_at, last_at = excluded.last_at, last_value = excluded.last_value`,
    [
      orgId,
      sourceId,
      rows.map(([key]) => Buffer.from(key, 'hex')),
      rows.map(([, { unit }]) => unit),
      rows.map(([, { counter }]) => (counter.start === null ? null : new Date(counter.start))),
      rows.map(([, { counter }]) => new Date(counter.at)),
      rows.map(([, { counter }]) => counter.value),
    ],
  )
}

const addUnits = async (
  tx: Tx,
  orgId: string,
  source: string,
  counts: { run: string | null; service: string | null; day: string; unit: string; count: number }[],
) => {
  const told = counts.filter(({ count }) => count > 0)
  if (told.length === 0) return
  const runs = await runsNamed(
    tx,
    orgId,
    told.flatMap(({ run }) => run ?? []),
  )
  const services = await idsOfNames(tx, orgId, 'service', new Set(told.flatMap(({ service }) => service ?? [])))
  await tx.query(
    `insert into functional_unit as known (org_id, service_id, run_id, day, unit, count, source)
     select $1, told.*, $7 from unnest($2::uuid[], $3::uuid[], $4::date[], $5::text[], $6::float8[])
       as told(service_id, run_id, day, unit, count)
     on conflict (org_id, service_id, run_id, day, unit) do update
       set count = known.count + excluded.count, recorded_at = now()
       where known.source = excluded.source`,
    [
      orgId,
      told.map(({ service }) => (service === null ? null : (services.get(service) ?? null))),
      told.map(({ run }) => (run === null ? null : (runs.get(run) ?? null))),
      told.map(({ day }) => day),
      told.map(({ unit }) => unit),
      told.map(({ count }) => count),
      source,
    ],
  )
}

/** A known run is left as it is and not locked: its readings may be written by another request that waits for this one. */
const runsNamed = async (tx: Tx, orgId: string, names: string[]): Promise<Map<string, string>> => {
  const ordered = [...new Set(names)].sort()
  if (ordered.length === 0) return new Map()
  await tx.query(
    `insert into run (org_id, run_id, name) select $1, * from unnest($2::uuid[], $3::text[])
     on conflict (org_id, name) do nothing`,
    [orgId, ordered.map(() => newId()), ordered],
  )
  const { rows } = await tx.query<{ run_id: string; name: string }>(
    'select run_id, name from run where org_id = $1 and name = any($2)',
    [orgId, ordered],
  )
  return new Map(rows.map((row) => [row.name, row.run_id]))
}
