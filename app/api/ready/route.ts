import { readiness } from '@/lib/db/readiness'

/** Ready to take readings: not while the database is away, unmigrated, or may lose what it acknowledged. */
export const GET = async (): Promise<Response> => {
  const checks = await readiness()
  const ready = checks.every((check) => check.ready)
  return Response.json(
    { status: ready ? 'ready' : 'not ready', checks },
    { status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  )
}
export const dynamic = 'force-dynamic'
