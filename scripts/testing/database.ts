// A database of its own for each database test file: const database = await createTestDatabase()
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { grantDatabase } from '../lib/database-roles.mjs'
import type {} from './database-server'

export interface TestDatabase {
  appUrl: string
  workerUrl: string
  ownerUrl: string
  adminUrl: string
  drop(): Promise<void>
}

/** Clones the migrated template; `drop` also ends whatever is still connected. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { port, template, passwords } = inject('server')
  const name = `test_${randomBytes(6).toString('hex')}`
  const url = (user: keyof typeof passwords, database = name) =>
    `postgresql://${user}:${passwords[user]}@127.0.0.1:${port}/${database}`
  const maintenance = url('postgres', 'postgres')
  await execute(maintenance, `create database ${name} template ${template} owner wl_owner`)
  // The rights on a database are not cloned with what it holds.
  await grantDatabase(url('postgres'), name)
  return {
    appUrl: url('wl_app'),
    workerUrl: url('wl_worker'),
    ownerUrl: url('wl_owner'),
    adminUrl: url('postgres'),
    drop: () => execute(maintenance, `drop database if exists ${name} with (force)`),
  }
}

async function execute(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
