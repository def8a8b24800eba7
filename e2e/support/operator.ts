import { execFileSync } from 'node:child_process'

/** The operator's commands, as documented, against the copy under test. */
const command = (script: string, args: string[]): string =>
  execFileSync(process.execPath, ['scripts/run-ts.mjs', `scripts/${script}.ts`, ...args], {
    encoding: 'utf8',
    env: { ...process.env, DATA_DIR: process.env.E2E_DATA_DIR, DATABASE_URL: '', NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim()

export interface Organization {
  slug: string
  name: string
  email: string
  password: string
  key: string
}

let made = 0

/** A fresh organisation with its owner and a key that may send and read. */
export const createOrganization = (label: string): Organization => {
  const slug = `${label}-${process.pid}-${++made}`
  const name = `Organisation ${slug}`
  const email = `owner@${slug}.example`
  const password = command('create-org', ['--slug', slug, '--name', name, '--email', email])
  return { slug, name, email, password, key: createKey(slug, 'ingest,read') }
}

export const createKey = (slug: string, scopes: string): string =>
  command('api-key', ['--org', slug, '--scope', scopes])

export const addMember = (slug: string, role: string): { email: string; password: string } => {
  const email = `${role}@${slug}.example`
  return { email, password: command('add-member', ['--org', slug, '--email', email, '--role', role]) }
}
