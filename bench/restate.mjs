// node bench/restate.mjs [--days=30] [--runs=100] [--rounds=3]: a revision of every hour's intensity, three ways in one run: entries' vectors
// multiplied anew (new revisions of the ledger, cubes and all), the same days posted from their readings, and hourly rows
// aggregated again in SQL (which writes a cube and no ledger).
import { parseArgs } from 'node:util'
import { cpuMs } from './lib/cpu.mjs'
import { describeMachine } from './lib/machine.mjs'
import { startSystem } from './lib/system.mjs'
import { figure, judge, median, printTable, spread } from './lib/table.mjs'

const { values: given } = parseArgs({
  options: {
    days: { type: 'string', default: '30' },
    runs: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '3' },
  },
})

const main = async () => {
  describeMachine()
  const cells = Number(given.days) * Number(given.runs) * 24
  const system = await startSystem()
  const results = { restate: [], post: [], sql: [] }
  try {
    await system.query('create schema bench')
    for (let round = 0; round < Number(given.rounds); round += 1) {
      const sums = {}
      for (const how of round % 2 === 0 ? ['restate', 'post'] : ['post', 'restate']) {
        const { orgId } = await system.organisation(`${how}-${round}`)
        await system.script('bench/restate-seed.ts', [orgId, given.days, given.runs])
        const before = cpuMs(system.pid)
        const run = JSON.parse(await system.script('bench/restate.ts', [orgId, how]))
        results[how].push({ ms: run.ms, cpu: run.cpuMs + cpuMs(system.pid) - before })
        sums[how] = await sumsOf(system, orgId)
        if (how === 'restate') results.sql.push(await aggregate(system, orgId))
      }
      if (sums.restate !== sums.post) throw new Error(`Restated ${sums.restate}, posted ${sums.post}.`)
    }
    const base = median(results.sql.map(({ ms }) => ms))
    printTable(
      [
        ['vectors multiplied anew, with the ledger', results.restate],
        ['posted from readings', results.post],
        ['hourly rows aggregated in SQL, cube only', results.sql],
      ].map(([way, runs]) => ({
        way,
        ms: spread(runs.map(({ ms }) => ms)),
        'CPU µs a cell': spread(runs.map(({ cpu }) => (cpu * 1000) / cells)),
        'SQL : this': figure(base / median(runs.map(({ ms }) => ms))),
      })),
    )
    console.log(`${cells} entry-hours; restated and posted totals agree to the milligram.`)
    const speed = base / median(results.restate.map(({ ms }) => ms))
    const own = median(results.post.map(({ ms }) => ms)) / median(results.restate.map(({ ms }) => ms))
    return judge([
      { goal: 'at least 6 × faster than aggregating in SQL', is: figure(speed), met: speed >= 6 },
      { goal: 'faster than posting', is: figure(own), met: own > 1 },
    ])
  } finally {
    await system.stop()
  }
}

const sumsOf = async (system, orgId) => {
  const [row] = await system.query(
    'select sum(total_location_mg)::text || $2 || sum(total_market_mg)::text as sums from entry where org_id = $1 and is_current',
    [orgId, ' '],
  )
  return row.sums
}

/** The design without vectors: a row an attribution and hour, joined with the intensities into a daily cube. */
const aggregate = async (system, orgId) => {
  await system.query('drop table if exists bench.hourly, bench.intensity, bench.cube')
  await system.query(
    `create table bench.hourly as select e.attribution_id, e.day + make_interval(hours => (h.place - 1)::int) as at, h.uwh
     from entry e cross join lateral unnest(e.facility_uwh) with ordinality as h(uwh, place) where e.org_id = $1 and e.is_current`,
    [orgId],
  )
  await system.query(
    `create table bench.intensity as select distinct e.day + make_interval(hours => (h.place - 1)::int) as at, h.g from entry e
     cross join lateral unnest(e.g_per_kwh) with ordinality as h(g, place) where e.org_id = $1 and e.is_current and h.g is not null`,
    [orgId],
  )
  await system.query('analyze bench.hourly, bench.intensity')
  const before = cpuMs(system.pid)
  const startedAt = performance.now()
  await system.query(
    `create table bench.cube as select h.attribution_id, h.at::date as day, sum(h.uwh) as uwh, sum(round(h.uwh * i.g / 1e6)) as mg
     from bench.hourly h join bench.intensity i using (at) group by 1, 2`,
  )
  return { ms: performance.now() - startedAt, cpu: cpuMs(system.pid) - before }
}

process.exitCode = await main()
