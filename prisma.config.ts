import { defineConfig } from 'prisma/config'

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // Only whoever migrates by hand needs it, and as the owner of the tables.
  datasource: { url: process.env.OWNER_DATABASE_URL ?? process.env.DATABASE_URL ?? '' },
})
