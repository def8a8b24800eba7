import pg from 'pg'
import { loadReference } from '@/lib/factors/load-reference'

// Run as wl_owner: OWNER_DATABASE_URL is what scripts/lib/database-env.mjs hands to every child process.
const connectionString = process.env.OWNER_DATABASE_URL
if (!connectionString) {
  console.error('OWNER_DATABASE_URL is not set: it names the database as wl_owner.')
  process.exit(1)
}
const client = new pg.Client({ connectionString })
await client.connect()
try {
  const loaded = await loadReference(client)
  console.log(
    `Reference data: ${loaded.zones} zones, ${loaded.aliases} aliases, ${loaded.cloudRegions} cloud regions, ` +
      `${loaded.factors} factors (${loaded.newVersions} new versions, ${loaded.withdrawn} withdrawn).`,
  )
  if (loaded.keptDescriptions.length > 0) {
    console.warn(`Name, zone or level as first loaded (give them a new id): ${loaded.keptDescriptions.join(', ')}`)
  }
} finally {
  await client.end()
}
