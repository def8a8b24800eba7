import { expect, test } from 'vitest'
import { digestOf, keyIdOf, newKeySecret, sameDigest } from './key-secret'

test('a key names its id, and its digest is that of the whole key', () => {
  const { keyId, secret, digest } = newKeySecret()
  expect(secret).toMatch(/^wl_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}$/)
  expect(keyIdOf(secret)).toBe(keyId)
  expect(sameDigest(digest, digestOf(secret))).toBe(true)
})

test('a key with any one character changed is refused without the database', () => {
  const { secret } = newKeySecret()
  for (let i = 0; i < secret.length; i++) {
    const wrong = `${secret.slice(0, i)}${secret[i] === 'x' ? 'y' : 'x'}${secret.slice(i + 1)}`
    expect(keyIdOf(wrong)).toBeNull()
  }
})

test('two keys are never alike', () => {
  const keys = Array.from({ length: 200 }, () => newKeySecret().secret)
  expect(new Set(keys).size).toBe(keys.length)
})
