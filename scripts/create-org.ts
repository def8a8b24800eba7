import { parseArgs } from 'node:util'
import pg from 'pg'
import { newPassword } from '@/lib/auth/password'
import { createOrganization } from '@/lib/registry/organizations'

const { values } = parseArgs({
  options: { slug: { type: 'string' }, name: { type: 'string' }, email: { type: 'string' } },
})
const { slug, name, email } = values
if (!slug || !name || !email) {
  console.error('Usage: npm run -s create-org -- --slug <slug> --name <name> --email <owner email>')
  process.exit(2)
}

const client = new pg.Client({ connectionString: process.env.OWNER_DATABASE_URL })
await client.connect()
try {
  const password = newPassword()
  const { isNewPerson } = await createOrganization(client, { slug, name, email, password, isDemo: false })
  console.log(isNewPerson ? password : '')
  if (!isNewPerson) console.error(`${email} is known already and keeps the password; now also owner of ${slug}.`)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
} finally {
  await client.end()
}
