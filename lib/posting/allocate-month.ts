import type { Pool } from 'pg'
import { allocationWindow, daysOfMonth, type Vintage, vintagePieces } from '@/lib/accounting/scope-2/allocation-window'
import { type Consumption, type Cover, coverConsumption, type Offer } from '@/lib/accounting/scope-2/cover-consumption'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import type { ReferenceTables } from '@/lib/grid/zone-of'
import { log } from '@/lib/log'
import { judgeRow, marketHolds } from '@/lib/registry/instrument-facts'
import { type InstrumentRow, instrumentRows } from '@/lib/registry/instruments'

/**
 * In which order instruments are applied: those bought for a site before those of a market, then by the hierarchy of the Scope 2 Guidance
 * (certificates, contracts, tariffs), then what expires first, then the one entered first. A supplier's rate stands in the entries
 * themselves and is none of these.
 */
const HIERARCHY: readonly InstrumentRow['kind'][] = ['go', 'rec', 'i_rec', 'ppa', 'green_tariff']

const inOrder = (a: InstrumentRow, b: InstrumentRow): number =>
  Number(a.site_id === null) - Number(b.site_id === null) ||
  HIERARCHY.indexOf(a.kind) - HIERARCHY.indexOf(b.kind) ||
  compare(a.vintage_to, b.vintage_to) ||
  a.created_at.getTime() - b.created_at.getTime() ||
  compare(a.instrument_id, b.instrument_id)

const compare = (left: string, right: string): number => (left < right ? -1 : left === right ? 0 : 1)

const vintageOf = (row: InstrumentRow): Vintage => ({ from: row.vintage_from, to: row.vintage_to })

const UWH_PER_MWH = 1e12

export interface Allocated {
  months: string[]
  lines: number
}

/**
 * Allocates the instruments of one organisation anew in its due months and in those that hang together with them. Recomputes and never
 * adds, so it may run again at any time: the same evidence gives the same lines. Null when nothing is due or another worker is at it.
 */
export const allocateDueMonths = (pool: Pool, tables: ReferenceTables, orgId: string): Promise<Allocated | null> =>
  withOrgSql(pool, orgId, async (tx) => {
    const { rows: locks } = await tx.query<{ held: boolean }>(
      "select pg_try_advisory_xact_lock(hashtextextended($1 || ' allocation', 2)) as held",
      [orgId],
    )
    if (!locks[0]?.held) return null
    const due = await dueMonths(tx, orgId)
    if (due.length === 0) return null
    const instruments = await usableInstruments(tx, orgId, tables)
    const months = allocationWindow(
      due.map(({ month }) => month),
      instruments.map(vintageOf),
    )
    // Generations are read before the energy: what changes in between stays due.
    const open = await openMonths(tx, orgId, months)
    const lines = await allocate(tx, orgId, { tables, months, instruments })
    await tx.query(
      `delete from open_allocation o using unnest($2::date[], $3::bigint[]) as done(month, generation)
       where o.org_id = $1 and o.month = done.month and o.generation = done.generation`,
      [orgId, open.map(({ month }) => `${month}-01`), open.map(({ generation }) => generation)],
    )
    return { months, lines }
  })

interface OpenMonth {
  month: string
  generation: string
}

const dueMonths = async (tx: Tx, orgId: string): Promise<OpenMonth[]> => {
  const { rows } = await tx.query<OpenMonth>(
    `/* allocation.due */ select to_char(month, 'YYYY-MM') as month, generation::text from open_allocation
     where org_id = $1 and due_at <= now()`,
    [orgId],
  )
  return rows
}

const openMonths = async (tx: Tx, orgId: string, months: string[]): Promise<OpenMonth[]> => {
  const { rows } = await tx.query<OpenMonth>(
    `/* allocation.open */ select to_char(month, 'YYYY-MM') as month, generation::text from open_allocation
     where org_id = $1 and month = any($2::date[])`,
    [orgId, months.map((month) => `${month}-01`)],
  )
  return rows
}

/** Those that meet every quality criterion, in the order in which they are applied. */
const usableInstruments = async (tx: Tx, orgId: string, tables: ReferenceTables): Promise<InstrumentRow[]> => {
  const { rows } = await tx.query<{ name: string }>('select name from organization where org_id = $1', [orgId])
  const reporter = rows[0]?.name ?? ''
  return (await instrumentRows(tx, orgId))
    .filter((row) => row.kind !== 'supplier_rate' && judgeRow(tables, reporter, row).failed.length === 0)
    .sort(inOrder)
}

interface EnergyRow {
  piece: number
  attribution_id: string
  unallocated: boolean
  site_id: string | null
  zone: string
  uwh: string
  market_mg: string
}

/**
 * Scope 2 energy whose market-based emissions are known, by workload and piece of a month. What rests on a life-cycle average that
 * nobody accepted stands in no Scope 2 row, so no instrument is spent on it.
 */
const energyOf = async (tx: Tx, orgId: string, pieces: readonly Vintage[]): Promise<EnergyRow[]> => {
  const { rows } = await tx.query<EnergyRow>(
    `/* allocation.energy */
     select p.place::int - 1 as piece, a.attribution_id, e.unallocated, a.site_id, a.zone, sum(c.facility)::text as uwh,
       sum(c.market)::text as market_mg
     from unnest($2::date[], $3::date[]) with ordinality as p(starts_on, ends_on, place)
     join entry e on e.org_id = $1 and e.is_current and e.day >= p.starts_on and e.day < p.ends_on
     join attribution a on a.org_id = e.org_id and a.attribution_id = e.attribution_id
     cross join lateral unnest(e.facility_uwh, e.market_mg, e.screening) as c(facility, market, screening)
     where a.deployment in ('owned', 'colocation_controlled') and a.zone is not null
       and c.facility > 0 and c.market is not null
       and not (coalesce(c.screening, false) and e.terms -> 'market' ->> 'rate' = 'location' and not exists (
         select 1 from screening_acceptance x
         where x.org_id = e.org_id and x.zone = a.zone and x.year = extract(year from e.day)::int))
     group by p.place, a.attribution_id, e.unallocated, a.site_id, a.zone
     order by p.place, a.attribution_id, e.unallocated`,
    [orgId, pieces.map(({ from }) => from), pieces.map(({ to }) => to)],
  )
  return rows
}

const allocate = async (
  tx: Tx,
  orgId: string,
  { tables, months, instruments }: { tables: ReferenceTables; months: string[]; instruments: InstrumentRow[] },
): Promise<number> => {
  const pieces = vintagePieces(months, instruments.map(vintageOf))
  const energy = instruments.length === 0 ? [] : await energyOf(tx, orgId, pieces)
  const consumption = energy.map((row): Consumption => ({ uwh: BigInt(row.uwh), marketMg: BigInt(row.market_mg) }))
  const offers = instruments.map(
    (instrument): Offer => ({
      uwh: instrument.mwh === null ? null : BigInt(Math.round(instrument.mwh * UWH_PER_MWH)),
      gPerKwh: instrument.g_per_kwh,
      covers: energy.flatMap((row, index) =>
        mayCover(tables, instrument, row, pieces[row.piece] as Vintage) ? [index] : [],
      ),
    }),
  )
  const { covers } = coverConsumption(consumption, offers)
  const lines = linesOf(covers, { instruments, energy, pieces })
  await tx.query('delete from allocation_line where org_id = $1 and month = any($2::date[])', [
    orgId,
    months.map((month) => daysOfMonth(month).from),
  ])
  await insertLines(tx, orgId, lines)
  return lines.length
}

/** At its site, or anywhere in its market when it was bought for none; on days of its vintage. */
const mayCover = (tables: ReferenceTables, instrument: InstrumentRow, row: EnergyRow, piece: Vintage): boolean =>
  piece.from >= instrument.vintage_from &&
  piece.to <= instrument.vintage_to &&
  (instrument.site_id === null || instrument.site_id === row.site_id) &&
  marketHolds(tables, instrument.market, row.zone)

interface Line {
  month: string
  instrumentId: string
  attributionId: string
  unallocated: boolean
  coveredUwh: bigint
  replacedMg: bigint
  ownMg: bigint
}

const linesOf = (
  covers: readonly Cover[],
  from: { instruments: InstrumentRow[]; energy: EnergyRow[]; pieces: readonly { month: string }[] },
): Line[] => {
  const lines = new Map<string, Line>()
  for (const cover of covers) {
    const instrument = from.instruments[cover.offer] as InstrumentRow
    const row = from.energy[cover.consumption] as EnergyRow
    const month = daysOfMonth((from.pieces[row.piece] as { month: string }).month).from
    const key = JSON.stringify([month, instrument.instrument_id, row.attribution_id, row.unallocated])
    const line = lines.get(key) ?? {
      month,
      instrumentId: instrument.instrument_id,
      attributionId: row.attribution_id,
      unallocated: row.unallocated,
      coveredUwh: 0n,
      replacedMg: 0n,
      ownMg: 0n,
    }
    line.coveredUwh += cover.coveredUwh
    line.replacedMg += cover.replacedMg
    line.ownMg += cover.ownMg
    lines.set(key, line)
  }
  return [...lines.values()]
}

const insertLines = async (tx: Tx, orgId: string, lines: readonly Line[]): Promise<void> => {
  if (lines.length === 0) return
  await tx.query(
    `/* allocation.insert */
     insert into allocation_line (org_id, month, instrument_id, attribution_id, unallocated, covered_uwh, replaced_mg, own_mg)
     select $1, * from unnest($2::date[], $3::uuid[], $4::uuid[], $5::boolean[], $6::numeric[], $7::numeric[], $8::numeric[])`,
    [
      orgId,
      lines.map((line) => line.month),
      lines.map((line) => line.instrumentId),
      lines.map((line) => line.attributionId),
      lines.map((line) => line.unallocated),
      lines.map((line) => line.coveredUwh.toString()),
      lines.map((line) => line.replacedMg.toString()),
      lines.map((line) => line.ownMg.toString()),
    ],
  )
}

// An organisation whose allocation fails must not hold up the others; it is tried again, later and later.
const failures = new Map<string, { count: number; retryAt: number }>()

/**
 * Allocates what is due, once its days are posted; under a steady stream of readings every few seconds all the same. Gives how many
 * organisations were allocated.
 */
export const allocateDue = async (pool: Pool, tables: ReferenceTables): Promise<number> => {
  const { rows } = await pool.query<{ org_id: string }>(
    `/* allocation.organisations */
     select distinct o.org_id
     from open_allocation o
     where o.due_at <= now()
       and (o.due_at < now() - interval '5 seconds'
         or not exists (select 1 from open_day d where d.org_id = o.org_id and d.due_at <= now()))`,
  )
  let allocated = 0
  for (const { org_id: orgId } of rows) {
    const failure = failures.get(orgId)
    if (failure && failure.retryAt > Date.now()) continue
    try {
      const startedAt = performance.now()
      const result = await allocateDueMonths(pool, tables, orgId)
      failures.delete(orgId)
      if (!result) continue
      allocated++
      log.debug({ orgId, ...result, ms: Math.round(performance.now() - startedAt) }, 'instruments allocated')
    } catch (error) {
      const count = (failure?.count ?? 0) + 1
      failures.set(orgId, { count, retryAt: Date.now() + Math.min(300_000, 1000 * 2 ** count) })
      log.error({ orgId, count, err: error }, 'allocation failed; its months stay open')
    }
  }
  return allocated
}
