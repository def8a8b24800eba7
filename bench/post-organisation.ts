// Posts, and compacts where there is much, every due day of an organisation, as the worker does. Argument: its id. Prints
// { "cpuMs": … } of this process and of its database connections' own server processes.
import { readFileSync } from 'node:fs'
import { closePools, workerPool } from '@/lib/db/pool'
import { referenceTables } from '@/lib/grid/zone-of'
import { compactDay } from '@/lib/posting/compact-day'
import { postDay } from '@/lib/posting/post-day'

const orgId = process.argv[2] as string
const tables = await referenceTables(workerPool())
const { rows: backends } = await workerPool().query<{ pid: number }>(
  "select pid from pg_stat_activity where usename = current_user and backend_type = 'client backend'",
)
const backendMs = (): number =>
  backends.reduce((sum, { pid }) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return sum + (Number(fields[11]) + Number(fields[12])) * 10
  }, 0)
const since = { own: process.cpuUsage(), database: backendMs() }
const { rows } = await workerPool().query<{ day: string }>(
  'select day from open_day where org_id = $1 and due_at <= now()',
  [orgId],
)
const posted = []
for (const { day } of rows) {
  posted.push(await postDay(workerPool(), tables, { orgId, day, now: Date.now() }))
  while (await compactDay(workerPool(), orgId, day)) {
    // Until nothing is loose.
  }
}
const own = process.cpuUsage(since.own)
console.log(JSON.stringify({ cpuMs: (own.user + own.system) / 1000 + backendMs() - since.database, posted }))
await closePools()
