import { parseArgs } from 'node:util'
import pg from 'pg'
import { createApiKey, scopesOf } from '@/lib/registry/api-keys'
import { orgIdOfSlug } from '@/lib/registry/organizations'

const { values } = parseArgs({
  options: { org: { type: 'string' }, scope: { type: 'string' }, name: { type: 'string' } },
})
if (!values.org || !values.scope) {
  console.error('Usage: npm run -s api-key -- --org <slug> --scope ingest,read [--name <name>]')
  process.exit(2)
}

const client = new pg.Client({ connectionString: process.env.OWNER_DATABASE_URL })
await client.connect()
try {
  const scopes = scopesOf(values.scope)
  const orgId = await orgIdOfSlug(client, values.org)
  await client.query('begin')
  await client.query("select set_config('app.org_id', $1, true)", [orgId])
  const { secret } = await createApiKey(client, orgId, {
    name: values.name ?? `command line, ${scopes.join(' + ')}`,
    scopes,
    expiresAt: null,
    by: { kind: 'system', id: 'operator' },
  })
  await client.query('commit')
  console.log(secret)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
} finally {
  await client.end()
}
