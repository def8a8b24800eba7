import { defineConfig } from 'vitest/config'

const elsewhere = ['**/node_modules/**', '.next/**', '.data/**', 'e2e/**']

export default defineConfig({
  resolve: { alias: { '@': import.meta.dirname } },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          // A *.types.test.ts guarantees what does not compile: tsc is its runner.
          exclude: [...elsewhere, '**/*.db.test.ts', '**/*.types.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude: elsewhere,
          globalSetup: ['./scripts/testing/database-server.ts'],
        },
      },
    ],
  },
})
