/** Alive: the process answers. Says nothing of the database. */
export const GET = (): Response => Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } })
export const dynamic = 'force-dynamic'
