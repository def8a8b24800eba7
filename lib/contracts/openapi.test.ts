import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { OPERATIONS, openApiDocument } from './openapi'

const folderOf = (address: string) =>
  path.join(
    'app',
    address
      .replace(/\{year\}\.pdf/, '[file]')
      .replace('{address}', '[...address]')
      .replace(/\{(\w+)\}/g, '[$1]'),
  )

test('every documented operation has a route, so that nobody is sent to an address that is not there', () => {
  const missing = OPERATIONS.map((operation) => path.join(folderOf(operation.path), 'route.ts')).filter(
    (file) => !existsSync(file),
  )
  expect(missing).toEqual([])
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
