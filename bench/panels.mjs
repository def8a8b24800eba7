// node bench/panels.mjs [--sizes=2000,20000] [--repeats=20]: the pages' questions over a year of cubes as organisations of so many
// series have them. A workload has some five series, and teams, models and sites grow more slowly than workloads do.
import { parseArgs } from 'node:util'
import { describeMachine } from './lib/machine.mjs'
import { startSystem } from './lib/system.mjs'
import { figure, judge, median, printTable, quantile } from './lib/table.mjs'

const { values: given } = parseArgs({
  options: { sizes: { type: 'string', default: '2000,20000' }, repeats: { type: 'string', default: '20' } },
})
const SERIES_OF_A_GROUP = 5
const GOAL_MS = 50

const main = async () => {
  describeMachine()
  const system = await startSystem()
  try {
    const results = []
    for (const size of given.sizes.split(',').map(Number)) {
      const { orgId } = await system.organisation(`panels-${size}`)
      const groups = Math.round(size / SERIES_OF_A_GROUP)
      const { model, siteId, rows } = await fill(system, orgId, groups)
      const times = JSON.parse(await system.script('bench/panels.ts', [orgId, model, siteId, given.repeats]))
      results.push({ size, groups, rows, times })
    }
    printTable(
      Object.keys(results[0].times).map((panel) => ({
        panel,
        ...Object.fromEntries(
          results.map(({ size, times }) => [
            `${size} series: p50 / p95 ms`,
            `${figure(median(times[panel]))} / ${figure(quantile(times[panel], 0.95))}`,
          ]),
        ),
        growth: figure(median(results.at(-1).times[panel]) / median(results[0].times[panel])),
      })),
    )
    for (const { size, groups, rows } of results)
      console.log(
        `${size} series: ${groups} combinations a day, ${rows.day} rows of emission_day, ${rows.month} of emission_month`,
      )
    const goals = []
    for (const panel of Object.keys(results[0].times)) {
      for (const { size, times } of results) {
        const p95 = quantile(times[panel], 0.95)
        goals.push({
          goal: `${panel}, ${size} series: p95 below ${GOAL_MS} ms`,
          is: `${figure(p95)} ms`,
          met: p95 < GOAL_MS,
        })
      }
      const growth = median(results.at(-1).times[panel]) / median(results[0].times[panel])
      goals.push({
        goal: `${panel}: at most 2 × as slow at ${given.sizes.replace(',', ' → ')}`,
        is: figure(growth),
        met: growth <= 2,
      })
    }
    return judge(goals)
  } finally {
    await system.stop()
  }
}

/** A year of cubes: so many combinations of team, model, stage, site and zone a day, each with figures in every column. */
const fill = async (system, orgId, groups) => {
  const teams = Math.min(40, groups)
  const models = Math.min(Math.round(groups / 8), 400)
  const sites = 20
  for (const [table, count, more] of [
    ['team', teams, ''],
    ['model', models, ''],
  ])
    await system.query(
      `insert into ${table} (org_id, ${table}_id, name${more}) select $1, gen_random_uuid(), '${table} ' || n from generate_series(1, $2::int) n`,
      [orgId, count],
    )
  await system.query(
    `insert into site (org_id, site_id, slug, name) select $1, gen_random_uuid(), 'site-' || n, 'Site ' || n from generate_series(1, $2::int) n`,
    [orgId, sites],
  )
  const columns = await system.query(
    `select column_name as name, data_type as type from information_schema.columns where table_name = 'emission_day' and column_name not in
       ('org_id', 'day', 'team_id', 'model_id', 'stage', 'site_id', 'zone', 'deployment') order by ordinal_position`,
  )
  const cell = ({ name, type }) =>
    type === 'boolean'
      ? 'false'
      : name === 'entries'
        ? '1'
        : name.endsWith('_hours')
          ? '24'
          : `((n * 7919 + d) % 1000003)::${type === 'numeric' ? 'numeric' : type}`
  const names = columns.map(({ name }) => name).join(', ')
  await system.query('select setseed(0.5)')
  await system.query(
    `insert into emission_day (org_id, day, team_id, model_id, stage, site_id, zone, deployment, ${names})
     select $1, date '2025-01-01' + d, t.ids[1 + n % $3], m.ids[1 + n % $4],
       (array['training', 'inference', 'evaluation'])[1 + n % 3], s.ids[1 + n % $5], (array['DE', 'FR', 'GB', 'US-CAL-CISO'])[1 + n % 4],
       -- what is left over of the number keeps combinations apart
       (array['owned', 'cloud', 'colocation', 'api'])[1 + (n / 60) % 4], ${columns.map(cell).join(', ')}
     from generate_series(0, 364) d, generate_series(0, $2::int - 1) n,
       (select array_agg(team_id) ids from team where org_id = $1) t, (select array_agg(model_id) ids from model where org_id = $1) m,
       (select array_agg(site_id) ids from site where org_id = $1) s
     on conflict do nothing`,
    [orgId, groups, teams, models, sites],
  )
  const summed = columns.map(({ name, type }) => (type === 'boolean' ? `bool_or(${name})` : `sum(${name})`)).join(', ')
  await system.query(
    `insert into emission_month (org_id, month, team_id, model_id, stage, site_id, zone, deployment, ${names})
     select org_id, date_trunc('month', day), team_id, model_id, stage, site_id, zone, deployment, ${summed}
     from emission_day where org_id = $1 group by 1, 2, 3, 4, 5, 6, 7, 8`,
    [orgId],
  )
  await system.query(
    `insert into facility_day (org_id, site_id, day, zone, it_uwh, facility_uwh, cue_mg, cue_it_uwh, it_basis, paired_hours, facility_hours, provisional)
     select $1, site_id, date '2025-01-01' + d, 'DE', 1000000 + d, 1300000 + d, 400000, 1000000, 'meter', 24, 24, false
     from site, generate_series(0, 364) d where org_id = $1`,
    [orgId],
  )
  await system.query('analyze')
  const [found] = await system.query(
    `select (select name from model where org_id = $1 order by name limit 1) as model, (select site_id from site where org_id = $1 limit 1) as site,
       (select count(*)::int from emission_day where org_id = $1) as day, (select count(*)::int from emission_month where org_id = $1) as month`,
    [orgId],
  )
  return { model: found.model, siteId: found.site, rows: { day: found.day, month: found.month } }
}

process.exitCode = await main()
