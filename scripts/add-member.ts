import { parseArgs } from 'node:util'
import pg from 'pg'
import { newPassword } from '@/lib/auth/password'
import { addMember } from '@/lib/registry/organizations'

const { values } = parseArgs({
  options: { org: { type: 'string' }, email: { type: 'string' }, role: { type: 'string' } },
})
if (!values.org || !values.email || !values.role) {
  console.error(
    'Usage: npm run -s add-member -- --org <slug> --email <email> --role owner|admin|analyst|ml|viewer|auditor',
  )
  process.exit(2)
}

const client = new pg.Client({ connectionString: process.env.OWNER_DATABASE_URL })
await client.connect()
try {
  const password = newPassword()
  const { isNewPerson } = await addMember(client, { org: values.org, email: values.email, role: values.role, password })
  console.log(isNewPerson ? password : '')
  if (!isNewPerson) console.error(`${values.email} is known already and keeps the password.`)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
} finally {
  await client.end()
}
