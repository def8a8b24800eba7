import pg from 'pg'
import type { TestDatabase } from './database'

export interface TestOrganization {
  orgId: string
  slug: string
  userId: string
  password: string
}

/** Points the application at the test database; call it before anything asks for a connection. */
export const useDatabase = (database: TestDatabase): void => {
  process.env.DATABASE_URL = database.appUrl
  process.env.WORKER_DATABASE_URL = database.workerUrl
  process.env.OWNER_DATABASE_URL = database.ownerUrl
  process.env.LOG_LEVEL = 'silent'
}

export const createTestOrganization = async (database: TestDatabase, slug: string): Promise<TestOrganization> => {
  const { createOrganization } = await import('@/lib/registry/organizations')
  const client = new pg.Client({ connectionString: database.ownerUrl })
  await client.connect()
  try {
    const password = `password of ${slug}`
    const made = await createOrganization(client, {
      slug,
      name: `Organisation ${slug}`,
      email: `owner@${slug}.example`,
      password,
      isDemo: false,
    })
    return { orgId: made.orgId, userId: made.userId, slug, password }
  } finally {
    await client.end()
  }
}

/** Posts every due day, as the worker does; a calm of 300 ms after the last write belongs to that. */
export const postAll = async (): Promise<void> => {
  const { workerPool } = await import('@/lib/db/pool')
  const { referenceTables } = await import('@/lib/grid/zone-of')
  const { postDay } = await import('@/lib/posting/post-day')
  const tables = await referenceTables(workerPool())
  const { rows } = await workerPool().query<{ org_id: string; day: string }>(
    'select org_id, day from open_day where due_at <= now() order by org_id, day',
  )
  for (const { org_id: orgId, day } of rows) await postDay(workerPool(), tables, { orgId, day, now: Date.now() })
}
