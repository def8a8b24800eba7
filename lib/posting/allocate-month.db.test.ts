import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InstrumentFields } from '@/lib/contracts/instruments'
import { closePools, workerPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { referenceTables } from '@/lib/grid/zone-of'
import { ingestReadings } from '@/lib/ingest/native'
import { addInstrument, editInstrument, setInstrumentRemoved } from '@/lib/registry/edit-instrument'
import { acceptScreening, withdrawScreening } from '@/lib/registry/screening-acceptances'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, useDatabase } from '@/scripts/testing/organization'
import { allocateDueMonths } from './allocate-month'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
})
afterAll(async () => {
  await closePools()
  await database.drop()
})

const AUTHOR = { kind: 'system', id: 'test' } as const
let made = 0
const newOrganization = () => createTestOrganization(database, `alloc-${++made}`)

interface Use {
  run: string
  team?: string
  model?: string
  start: string
  end: string
  kwh: number
  zone?: string
  site?: string
  deployment?: 'owned' | 'cloud'
}

const use = async (orgId: string, uses: Use[]) => {
  for (const one of uses) {
    await ingestReadings(
      { orgId, keyId: null, idempotencyKey: null },
      {
        run: one.run,
        team: one.team ?? 'team',
        model: one.model ?? 'model',
        stage: 'training',
        deployment: one.deployment ?? 'owned',
        grid_zone: one.zone ?? 'DE',
        ...(one.site === undefined ? {} : { site: one.site }),
        readings: [
          {
            meter: one.run,
            kind: 'delta',
            unit: 'kWh',
            boundary: 'facility',
            start: one.start,
            at: one.end,
            value: one.kwh,
          },
        ],
      },
    )
  }
  await postAll()
  await allocate(orgId)
}

const allocate = async (orgId: string) => allocateDueMonths(workerPool(), await referenceTables(workerPool()), orgId)

const go = (more: Partial<InstrumentFields>): InstrumentFields => ({
  kind: 'go',
  name: 'GO portfolio',
  market: 'DE',
  site: null,
  mwh: 100,
  g_per_kwh: 0,
  technology: 'wind',
  tracking_system: 'HKNR',
  serial: null,
  vintage_from: '2025-01-01',
  vintage_to: '2026-01-01',
  cancelled_on: '2026-02-01',
  cancelled_for: `Organisation alloc-${made}`,
  conveys_attribute: true,
  sole_claim: true,
  hourly_profile: null,
  evidence: null,
  ...more,
})

/** Every line of the organisation with what its workload's entries hold, in mg and µWh. */
const sumsOf = (orgId: string) =>
  withOrgSql(workerPool(), orgId, async (tx) => {
    const one = async (sql: string) => (await tx.query<{ v: string | null }>(sql)).rows[0]?.v ?? null
    return {
      before: BigInt((await one('select sum(total_market_mg)::text as v from entry where is_current')) ?? '0'),
      energy: BigInt((await one('select sum(total_facility_uwh)::text as v from entry where is_current')) ?? '0'),
      covered: BigInt((await one('select sum(covered_uwh)::text as v from allocation_line')) ?? '0'),
      effect: BigInt((await one('select sum(effect_mg)::text as v from allocation_line')) ?? '0'),
      own: BigInt((await one('select sum(own_mg)::text as v from allocation_line')) ?? '0'),
      open: Number(await one('select count(*)::text as v from open_allocation')),
    }
  })

const linesOf = (orgId: string) =>
  withOrgSql(workerPool(), orgId, async (tx) => {
    const { rows } = await tx.query(
      `select month, instrument_id, attribution_id, unallocated, covered_uwh, replaced_mg, own_mg from allocation_line
       order by month, instrument_id, attribution_id`,
    )
    return rows
  })

/** 1,080 hours. */
const WEEKS = { start: '2025-01-15T00:00:00Z', end: '2025-03-01T00:00:00Z' }
const MWH = 1_000_000_000_000n

describe('the market-based figure after instruments', () => {
  test('10 GWh in Germany, 60 % of it covered by guarantees of origin: 2,805.88 t (S2-03)', async () => {
    const { orgId } = await newOrganization()
    const runs = Array.from({ length: 10 }, (_, at): Use => ({ run: `run-${at}`, ...WEEKS, kwh: 1_000_000 }))
    await use(orgId, runs)
    const { instrument } = await addInstrument(orgId, go({ mwh: 6000 }), AUTHOR)
    expect(instrument.failed).toEqual([])
    await allocate(orgId)
    const sums = await sumsOf(orgId)
    // The energy of each hour is a whole number of µWh, so that the books hold 10 GWh to some 20 kWh.
    expect(Number(sums.before) / 1e9).toBeCloseTo(7014.7, 4)
    expect(Number(sums.before + sums.effect) / 1e9).toBeCloseTo(2805.88, 4)
    expect(sums.covered).toBe(6000n * MWH)
    expect(sums.open).toBe(0)
  }, 120_000)

  test('is exactly the instruments’ own emissions at full coverage, and what is left over is surplus', async () => {
    const { orgId } = await newOrganization()
    await use(orgId, [
      { run: 'a', ...WEEKS, kwh: 61_234.567 },
      { run: 'b', start: '2025-03-01T07:00:00Z', end: '2025-03-04T09:30:00Z', kwh: 777.7 },
    ])
    const clean = await addInstrument(orgId, go({ mwh: 1000 }), AUTHOR)
    await allocate(orgId)
    const full = await sumsOf(orgId)
    expect(full.covered).toBe(full.energy)
    expect(full.before + full.effect).toBe(0n)
    await editInstrument(orgId, clean.instrument.instrument_id, go({ mwh: 1000, g_per_kwh: 15 }), AUTHOR)
    await allocate(orgId)
    const rated = await sumsOf(orgId)
    expect(rated.before + rated.effect).toBe(rated.own)
    expect(rated.own > 0n).toBe(true)
  }, 60_000)

  test('never covers a kWh twice, and comes back when an instrument is removed', async () => {
    const { orgId } = await newOrganization()
    await use(orgId, [{ run: 'a', ...WEEKS, kwh: 108_000 }])
    await addInstrument(orgId, go({ name: 'first', mwh: 75.6 }), AUTHOR)
    const second = await addInstrument(orgId, go({ name: 'second', kind: 'ppa', mwh: 75.6, g_per_kwh: 12 }), AUTHOR)
    await allocate(orgId)
    const both = await sumsOf(orgId)
    expect(both.covered).toBe(both.energy)
    expect(both.before + both.effect).toBe(both.own)

    await setInstrumentRemoved(orgId, second.instrument.instrument_id, true, AUTHOR)
    await allocate(orgId)
    const one = await sumsOf(orgId)
    expect(one.covered).toBe((756n * MWH) / 10n)
    expect(one.before + one.effect).toBe((one.before * 3n) / 10n)

    await setInstrumentRemoved(orgId, second.instrument.instrument_id, false, AUTHOR)
    await allocate(orgId)
    expect(await sumsOf(orgId)).toEqual(both)
  }, 60_000)

  test('leaves out an instrument that fails a criterion, and says why', async () => {
    const { orgId } = await newOrganization()
    await use(orgId, [{ run: 'a', ...WEEKS, kwh: 1000 }])
    const fails = async (more: Partial<InstrumentFields>) =>
      (await addInstrument(orgId, go(more), AUTHOR)).instrument.failed.map(({ criterion }) => criterion)
    expect(await fails({ cancelled_on: null, cancelled_for: null })).toEqual(['tracked_and_cancelled'])
    expect(await fails({ cancelled_for: 'Somebody Else AG' })).toEqual(['tracked_and_cancelled'])
    expect(await fails({ conveys_attribute: false })).toEqual(['conveys_attribute'])
    expect(await fails({ sole_claim: false })).toEqual(['sole_claim'])
    expect(await fails({ vintage_to: '2027-01-01' })).toEqual(['vintage_close'])
    await allocate(orgId)
    expect((await sumsOf(orgId)).effect).toBe(0n)
  }, 60_000)

  test('takes nothing from another market, from a cloud, or from before its vintage', async () => {
    const { orgId } = await newOrganization()
    await use(orgId, [
      { run: 'poland', ...WEEKS, kwh: 1000, zone: 'PL' },
      { run: 'cloud', ...WEEKS, kwh: 1000, deployment: 'cloud' },
      { run: 'before', start: '2024-12-01T00:00:00Z', end: '2025-01-01T00:00:00Z', kwh: 1000 },
    ])
    await addInstrument(orgId, go({}), AUTHOR)
    await allocate(orgId)
    expect((await sumsOf(orgId)).covered).toBe(0n)
    await addInstrument(orgId, go({ market: 'EU', name: 'anywhere in Europe' }), AUTHOR)
    await allocate(orgId)
    // Poland’s register is not on the hub of the AIB.
    expect((await sumsOf(orgId)).covered).toBe(0n)
  }, 60_000)

  test('shares an annual portfolio over its months by consumption, and sums alike over teams and models', async () => {
    const { orgId } = await newOrganization()
    await use(orgId, [
      { run: 'a', team: 'one', model: 'x', start: '2025-01-01T00:00:00Z', end: '2025-02-01T00:00:00Z', kwh: 3000 },
      { run: 'b', team: 'two', model: 'x', start: '2025-02-01T00:00:00Z', end: '2025-03-01T00:00:00Z', kwh: 1000 },
      { run: 'c', team: 'two', model: 'y', start: '2025-02-01T00:00:00Z', end: '2025-03-01T00:00:00Z', kwh: 333.333 },
    ])
    await addInstrument(orgId, go({ mwh: 1 }), AUTHOR)
    await allocate(orgId)
    const by = (column: string) =>
      withOrgSql(workerPool(), orgId, async (tx) => {
        const { rows } = await tx.query<{ covered: string; effect: string }>(
          `select sum(l.covered_uwh)::text as covered, sum(l.effect_mg)::text as effect from allocation_line l
           join attribution a using (org_id, attribution_id) join instrument i using (org_id, instrument_id) group by ${column}`,
        )
        return {
          covered: rows.reduce((sum, row) => sum + BigInt(row.covered), 0n),
          effect: rows.reduce((sum, row) => sum + BigInt(row.effect), 0n),
        }
      })
    const whole = await by('i.kind')
    expect(whole.covered).toBe(MWH)
    expect(await by('a.team_id')).toEqual(whole)
    expect(await by('a.model_id')).toEqual(whole)
    expect(await by('l.month')).toEqual(whole)
    const months = await withOrgSql(workerPool(), orgId, async (tx) => {
      const { rows } = await tx.query<{ covered: string }>(
        'select sum(covered_uwh)::text as covered from allocation_line group by month order by month',
      )
      return rows.map((row) => Number(row.covered) / 1e12)
    })
    expect(months[0]).toBeCloseTo(3000 / 4333.333, 6)
    expect(months[1]).toBeCloseTo(1333.333 / 4333.333, 6)
  }, 60_000)

  test('covers what rests on a life-cycle average once that is accepted into Scope 2, and no longer than it is', async () => {
    const { orgId } = await newOrganization()
    await use(orgId, [{ run: 'iceland', ...WEEKS, kwh: 1080, zone: 'IS' }])
    await addInstrument(orgId, go({ market: 'IS', mwh: 100 }), AUTHOR)
    await allocate(orgId)
    expect(await sumsOf(orgId)).toMatchObject({ covered: 0n, open: 0 })
    await acceptScreening(orgId, { zone: 'IS', year: 2025, note: 'No direct factor is published' }, AUTHOR)
    await allocate(orgId)
    const accepted = await sumsOf(orgId)
    expect(accepted.before > 0n).toBe(true)
    expect(accepted.covered).toBe(accepted.energy)
    expect(accepted.before + accepted.effect).toBe(0n)
    await withdrawScreening(orgId, { zone: 'IS', year: 2025 }, AUTHOR)
    await allocate(orgId)
    expect(await sumsOf(orgId)).toMatchObject({ covered: 0n, open: 0 })
  }, 60_000)

  test('is the same when it is computed again', async () => {
    const { orgId } = await newOrganization()
    await use(orgId, [
      { run: 'a', ...WEEKS, kwh: 5000 },
      { run: 'b', start: '2025-06-01T00:00:00Z', end: '2025-08-20T00:00:00Z', kwh: 2000, zone: 'FR' },
    ])
    await addInstrument(orgId, go({ market: 'EU', mwh: 3.3 }), AUTHOR)
    await addInstrument(
      orgId,
      go({ name: 'mid-month', mwh: 1, vintage_from: '2025-03-15', vintage_to: '2025-07-10' }),
      AUTHOR,
    )
    await allocate(orgId)
    const first = await linesOf(orgId)
    expect(first.length).toBeGreaterThan(4)
    await withOrgSql(workerPool(), orgId, (tx) =>
      tx.query(`insert into open_allocation (org_id, month) values (app_org(), '2025-05-01')`),
    )
    await allocate(orgId)
    expect(await linesOf(orgId)).toEqual(first)
  }, 60_000)

  test('goes to the site that it was bought for before a market-wide one does', async () => {
    const { orgId } = await newOrganization()
    await use(orgId, [
      { run: 'a', ...WEEKS, kwh: 1080, site: 'Here' },
      { run: 'b', ...WEEKS, kwh: 1080, site: 'There' },
    ])
    await addInstrument(orgId, go({ name: 'market-wide', mwh: 1.08 }), AUTHOR)
    const own = await addInstrument(orgId, go({ name: 'of the site', site: 'here', mwh: 1.08 }), AUTHOR)
    expect(own.instrument.failed).toEqual([])
    await allocate(orgId)
    const { rows } = await withOrgSql(workerPool(), orgId, (tx) =>
      tx.query<{ name: string; slug: string; covered: string }>(
        `select i.name, s.slug, sum(l.covered_uwh)::text as covered from allocation_line l
         join instrument i using (org_id, instrument_id) join attribution a using (org_id, attribution_id)
         join site s on s.org_id = a.org_id and s.site_id = a.site_id group by 1, 2 order by 1, 2`,
      ),
    )
    expect(rows).toEqual([
      { name: 'market-wide', slug: 'there', covered: '1080000000000' },
      { name: 'of the site', slug: 'here', covered: '1080000000000' },
    ])
  }, 60_000)
})
