import pg from 'pg'
import { closePools } from '@/lib/db/pool'
import { fillDemo } from '@/prisma/seed/fill'
import { demoOrganization } from '@/prisma/seed/organization'
import { dataFolder } from './lib/folders.mjs'

// DATABASE_URL is wl_app's, OWNER_DATABASE_URL wl_owner's; scripts/lib/database-env.mjs hands both to every child process.
const say = (line: string) => console.log(`demo: ${line}`)
const owner = new pg.Client({ connectionString: process.env.OWNER_DATABASE_URL })
try {
  await owner.connect()
  const orgId = await demoOrganization(owner, dataFolder(), say)
  await owner.end()
  if (orgId) await fillDemo(orgId, { now: Date.now(), month: process.env.WATTLEDGER_DEMO_MONTH || undefined, say })
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
} finally {
  await owner.end()
  await closePools()
}
