// The forms that we did not choose, behind the same HTTP and the same decoder: a row a reading, by unnest or by Prisma's createMany.
// Arguments: unnest | prisma, port, and the generated client of bench/rows.prisma.
import { createServer } from 'node:http'
import pg from 'pg'
import { decodeRemoteWriteV1 } from '@/lib/ingest/wire/remote-write-v1'
import { snappyDecompress } from '@/lib/ingest/wire/snappy'

const [form, port, clientModule] = process.argv.slice(2)
const url = process.env.BENCH_DATABASE_URL as string
const pool = new pg.Pool({ connectionString: url, max: 12 })
const series = new Map<string, number>()

interface Rows {
  series: number[]
  at: Date[]
  value: number[]
}

const unnest = async ({ series, at, value }: Rows) => {
  await pool.query({
    name: 'rows',
    text: `insert into bench.reading (org, series, at, value)
      select 1, * from unnest($1::int[], $2::timestamptz[], $3::float8[]) on conflict do nothing`,
    values: [series, at, value],
  })
}

const prisma = async () => {
  const { PrismaPg } = await import('@prisma/adapter-pg')
  const { PrismaClient } = await import(clientModule as string)
  const client = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 12 }, { schema: 'bench' }) })
  return async ({ series, at, value }: Rows) => {
    await client.reading.createMany({
      data: series.map((one, i) => ({ org: 1, series: one, at: at[i], value: value[i] })),
      skipDuplicates: true,
    })
  }
}

const store = form === 'prisma' ? await prisma() : unnest

createServer(async (incoming, outgoing) => {
  if (incoming.method === 'GET') {
    outgoing.end('ok')
    return
  }
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const rows: Rows = { series: [], at: [], value: [] }
  decodeRemoteWriteV1(snappyDecompress(Buffer.concat(chunks), 16 * 1024 * 1024), (key, _, samples) => {
    const number = series.get(key) ?? series.size
    series.set(key, number)
    for (const { at, value } of samples) {
      rows.series.push(number)
      rows.at.push(new Date(at))
      rows.value.push(value)
    }
  })
  await store(rows)
  outgoing.writeHead(204)
  outgoing.end()
}).listen(Number(port), '127.0.0.1')
