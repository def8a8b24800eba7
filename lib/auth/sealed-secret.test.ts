import { beforeAll, describe, expect, test } from 'vitest'

process.env.DATABASE_URL ??= 'postgresql://nowhere'
process.env.SEALING_KEY = `2:${'n'.repeat(40)} 1:${'o'.repeat(40)}`

const place = { orgId: 'org-a', connectorId: 'connector-a', field: 'secret' }
const CANARY = 'canary-7f3a'

describe('a sealed secret', () => {
  let seal: typeof import('./sealed-secret').sealSecret
  let open: typeof import('./sealed-secret').openSecret
  beforeAll(async () => {
    ;({ sealSecret: seal, openSecret: open } = await import('./sealed-secret'))
  })

  test('opens in its own place, and looks different each time', () => {
    const one = seal(place, CANARY)
    expect(open(place, one)).toBe(CANARY)
    expect(one.keyVersion).toBe(2)
    expect(one.sealed.equals(seal(place, CANARY).sealed)).toBe(false)
    expect(one.sealed.toString('latin1')).not.toContain(CANARY)
  })

  test.each([
    { ...place, orgId: 'org-b' },
    { ...place, connectorId: 'connector-b' },
    { ...place, field: 'other' },
  ])('does not open elsewhere: %o', (elsewhere) => {
    expect(() => open(elsewhere, seal(place, CANARY))).toThrow(/sealed with another/)
  })

  test('does not open under another version of the key, or of one that is gone', () => {
    const one = seal(place, CANARY)
    expect(() => open(place, { ...one, keyVersion: 1 })).toThrow(/sealed with another/)
    expect(() => open(place, { ...one, keyVersion: 9 })).toThrow(/sealed with another/)
  })

  test('does not open when any byte of it changed', () => {
    const { sealed, keyVersion } = seal(place, CANARY)
    for (let at = 0; at < sealed.length; at++) {
      const bent = Buffer.from(sealed)
      bent[at] = (bent[at] ?? 0) ^ 1
      expect(() => open(place, { sealed: bent, keyVersion })).toThrow(/sealed with another/)
    }
  })
})
