// Prints how many readings of each chaos batch the evidence holds: { "<writer> <n>": readings }.
import pg from 'pg'
import { decodeRows } from '@/lib/ledger/codec'

const READINGS_PER_BATCH = 20
const START = Date.UTC(2026, 0, 5)
const MINUTE = 60_000

const client = new pg.Client({ connectionString: process.env.OWNER_DATABASE_URL })
await client.connect()
const org = await client.query<{ org_id: string }>("select organization_id('chaos') as org_id")
await client.query('begin')
await client.query("select set_config('app.org_id', $1, true)", [org.rows[0]?.org_id])
const { rows } = await client.query<{ codec: number; payload: Buffer; runs: string[] }>(
  `select b.codec, b.payload,
     (select array_agg(r.name order by listed.place)
      from unnest(b.attribution_ids) with ordinality as listed(attribution_id, place)
      join attribution a on a.org_id = b.org_id and a.attribution_id = listed.attribution_id
      join run r on r.org_id = a.org_id and r.run_id = a.run_id) as runs
   from reading_batch b`,
)
await client.query('commit')
await client.end()

const books: Record<string, number> = {}
for (const batch of rows) {
  for (const row of decodeRows(batch.codec, batch.payload)) {
    const writer = batch.runs[row.attribution]?.replace('chaos-', '')
    const n = Math.floor(((row.start ?? row.at) - START) / MINUTE / READINGS_PER_BATCH)
    const key = `${writer} ${n}`
    books[key] = (books[key] ?? 0) + 1
  }
}
console.log(JSON.stringify(books))
