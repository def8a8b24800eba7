import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

export interface Route {
  /** As in the address: `/o/[org]/runs/[run]`. */
  address: string
  methods: string[]
}

const walk = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(path.join(folder, entry.name)) : [path.join(folder, entry.name)],
  )

const addressOf = (file: string): string => {
  const segments = path.relative('app', path.dirname(file)).split(path.sep)
  return `/${segments.filter((segment) => !/^\(.*\)$/.test(segment)).join('/')}`
}

const files = walk('app')

/** Every page of an organisation, read from the tree: a page that nobody listed here is tested all the same. */
export const organizationPages = (): string[] =>
  files.filter((file) => path.basename(file) === 'page.tsx' && file.includes('[org]')).map(addressOf)

export const apiRoutes = (): Route[] =>
  files
    .filter((file) => path.basename(file) === 'route.ts' && addressOf(file).startsWith('/api/'))
    .map((file) => ({
      address: addressOf(file),
      methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) =>
        new RegExp(`export (const|async function|function) ${method}\\b|as ${method}\\b`).test(
          readFileSync(file, 'utf8'),
        ),
      ),
    }))
