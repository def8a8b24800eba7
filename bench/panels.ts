// Times the pages' own questions over a year on an organisation with synthetic cubes. Arguments: its id, a model, a site's id, repeats.
// Prints { "<panel>": [ms, …] }.
import { withOrg } from '@/lib/db/with-org'
import { siteDays } from '@/lib/rollups/site-days'
import { stagesByMonth } from '@/lib/rollups/stages-by-month'
import { totalsBy, totalsByDay } from '@/lib/rollups/totals'

const [orgId = '', model = '', siteId = '', repeats = '20'] = process.argv.slice(2)
const year = { from: '2025-01-01', to: '2026-01-01' }
const month = { from: '2025-11-01', to: '2025-12-01' }
type Tx = Parameters<Parameters<typeof withOrg>[1]>[0]
const panels: Record<string, (tx: Tx) => Promise<unknown[]>> = {
  'monthly emissions by stage, a year': (tx) => stagesByMonth(tx, year),
  'one model day by day, a year': (tx) => totalsByDay(tx, { ...year, model: [model] }),
  'one facility’s PUE and CUE day by day, a year': (tx) => siteDays(tx, { siteId, ...year }),
  'teams, a month': (tx) => totalsBy(tx, month, 'team'),
  'teams, a year': (tx) => totalsBy(tx, year, 'team'),
}
const times: Record<string, number[]> = {}
for (const [name, ask] of Object.entries(panels)) {
  const list: number[] = []
  for (let i = 0; i <= Number(repeats); i += 1) {
    const startedAt = performance.now()
    const rows = await withOrg({ orgId }, ask)
    if (rows.length === 0) throw new Error(`${name} found nothing`)
    // The first one plans and warms.
    if (i > 0) list.push(performance.now() - startedAt)
  }
  times[name] = list
}
console.log(JSON.stringify(times))
process.exit(0)
