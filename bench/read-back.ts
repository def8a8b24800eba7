// What the evidence of an organisation holds, from the payloads themselves: { "count": …, "sum": … }. Argument: its id.
import pg from 'pg'
import { decodeColumns } from '@/lib/ledger/columns'

const client = new pg.Client({ connectionString: process.env.OWNER_DATABASE_URL })
await client.connect()
await client.query('begin')
await client.query("select set_config('app.org_id', $1, true)", [process.argv[2]])
const { rows } = await client.query<{ payload: Buffer }>('select payload from reading_batch where codec = 3')
await client.query('commit')
await client.end()
let count = 0
let sum = 0
for (const { payload } of rows) {
  const { value } = decodeColumns(payload)
  count += value.length
  for (const one of value) sum += one
}
console.log(JSON.stringify({ count, sum }))
