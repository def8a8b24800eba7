import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { OPERATIONS, openApiDocument, operationIdOf } from './openapi'
import { groupOf } from './openapi-groups'

const folderOf = (address: string) =>
  path.join(
    'app',
    address
      .replace(/\{year\}\.pdf/, '[file]')
      .replace('{address}', '[...address]')
      .replace('{group}', '[...group]')
      .replace(/\{(\w+)\}/g, '[$1]'),
  )

test('every documented operation has a route, so that nobody is sent to an address that is not there', () => {
  const missing = OPERATIONS.map((operation) => path.join(folderOf(operation.path), 'route.ts')).filter(
    (file) => !existsSync(file),
  )
  expect(missing).toEqual([])
})

const METHODS = /export (?:const|function|async function) (GET|POST|PUT|PATCH|DELETE)\b/g
const addressOf = (file: string) =>
  `/api/v1/${path.posix.dirname(file)}`
    .replace('reports/[file]', 'reports/{year}.pdf')
    .replace(/\[(?:\.\.\.)?(\w+)\]/g, '{$1}')

test('every route of the public API has an operation, so that nothing works in secret', () => {
  const documented = new Set(OPERATIONS.map(({ method, path: address }) => `${method.toUpperCase()} ${address}`))
  const routes = readdirSync('app/api/v1', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('route.ts'))
    .flatMap((file) =>
      [...readFileSync(path.join('app/api/v1', file), 'utf8').matchAll(METHODS)].map(
        ([, method]) => `${method} ${addressOf(file)}`,
      ),
    )
  expect(routes.length).toBeGreaterThan(60)
  expect(routes.filter((one) => !documented.has(one)).sort()).toEqual([])
})

test('every operation stands in a group, and its name is its own', () => {
  expect(OPERATIONS.filter(({ path: address }) => groupOf(address) === null)).toEqual([])
  const names = OPERATIONS.map(operationIdOf)
  expect(names.filter((one, at) => names.indexOf(one) !== at)).toEqual([])
})

test('no operation stands twice', () => {
  const all = OPERATIONS.map(({ method, path: address }) => `${method} ${address}`)
  expect(all.filter((one, at) => all.indexOf(one) !== at)).toEqual([])
})

test('the document names the unit of every quantity that a sender gives', () => {
  const document = JSON.stringify(openApiDocument('0'))
  for (const field of ['energy_kwh', 'grid_g_per_kwh', 'location_kg', 'facility_kwh']) expect(document).toContain(field)
})

test('every operation that needs a key says which scope', () => {
  const { paths } = openApiDocument('0')
  for (const { path: address, method, scope } of OPERATIONS) {
    const operation = paths[address]?.[method] as { security: { key?: string[] }[] }
    expect(operation.security).toEqual(scope ? [{ key: [scope] }] : [])
  }
})
