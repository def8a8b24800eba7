// A year's revision of a zone's intensities, day by day: re-multiplied from entries, or posted from readings. Arguments: an organisation's
// id, `restate` or `post`. Prints { "ms": …, "cpuMs": …, "changed": … }.
import { closePools, workerPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { referenceTables } from '@/lib/grid/zone-of'
import { postDay } from '@/lib/posting/post-day'
import { restateDay } from '@/lib/posting/restate-day'

const [orgId = '', how = ''] = process.argv.slice(2)
const tables = await referenceTables(workerPool())
const { rows } = await workerPool().query<{ day: string }>(
  'select day from open_day where org_id = $1 and due_at <= now() order by day',
  [orgId],
)
const now = Date.now()
const startedAt = performance.now()
const since = process.cpuUsage()
let changed = 0
for (const { day } of rows) {
  const count =
    how === 'post'
      ? (await postDay(workerPool(), tables, { orgId, day, now }))?.changed
      : await withOrgSql(workerPool(), orgId, (tx) => restateDay(tx, orgId, day, { tables, now }))
  if (count === null || count === undefined) throw new Error(`${day} could not be done`)
  changed += count
}
const cpu = process.cpuUsage(since)
console.log(
  JSON.stringify({
    ms: performance.now() - startedAt,
    cpuMs: (cpu.user + cpu.system) / 1000,
    days: rows.length,
    changed,
  }),
)
await closePools()
