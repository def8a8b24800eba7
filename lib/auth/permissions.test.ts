import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Actor, isAllowed, PERMISSIONS, type Permission, ROLES } from './actor'

const page = readFileSync(new URL('../../docs/permissions.md', import.meta.url), 'utf8')
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| permission'))
  .map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  )

test('the page lists every permission, and no other', () => {
  expect(rows.map(([permission]) => permission)).toEqual(Object.keys(PERMISSIONS))
})

describe('what the page says is what is allowed', () => {
  test.each(rows)('%s', (permission, ...cells) => {
    ROLES.forEach((role, index) => {
      const actor: Actor = { kind: 'user', orgId: 'o', userId: 'u', role }
      expect(`${role}: ${isAllowed(actor, permission as Permission) ? 'yes' : 'no'}`).toBe(`${role}: ${cells[index]}`)
    })
    for (const scope of ['ingest', 'read', 'admin'] as const) {
      const actor: Actor = { kind: 'key', orgId: 'o', keyId: 'k', scopes: [scope] }
      expect(isAllowed(actor, permission as Permission)).toBe(scope === 'admin' || scope === cells.at(-1))
    }
  })
})
