// Prints how many readings of each chaos batch the evidence holds: { "<writer> <n>": readings }.
import pg from 'pg'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { readBatches } from '@/lib/ledger/batches'

const READINGS_PER_BATCH = 20
const START = Date.UTC(2026, 0, 5)
const MINUTE = 60_000

const pool = new pg.Pool({ connectionString: process.env.OWNER_DATABASE_URL })
const { rows: named } = await pool.query<{ org_id: string }>("select organization_id('chaos') as org_id")
const orgId = named[0]?.org_id ?? ''
const books: Record<string, number> = {}
await withOrgSql(pool, orgId, async (tx) => {
  const days = await tx.query<{ day: string }>('select distinct day::text from batch_day')
  const series = await tx.query<{ series_id: string }>('select series_id from series')
  const runs = await tx.query<{ attribution_id: string; name: string }>(
    'select a.attribution_id, r.name from attribution a join run r on r.org_id = a.org_id and r.run_id = a.run_id',
  )
  const runOf = new Map(runs.rows.map((row) => [row.attribution_id, row.name]))
  const batches = await readBatches(
    tx,
    orgId,
    days.rows.map(({ day }) => day),
    series.rows.map((row) => row.series_id),
  )
  for (const batch of batches) {
    for (const row of batch.rows) {
      const writer = runOf.get(batch.attributionIds[row.attribution] ?? '')?.replace('chaos-', '')
      const n = Math.floor(((row.start ?? row.at) - START) / MINUTE / READINGS_PER_BATCH)
      const key = `${writer} ${n}`
      books[key] = (books[key] ?? 0) + 1
    }
  }
})
await pool.end()
console.log(JSON.stringify(books))
