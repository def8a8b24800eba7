import { describe, expect, it } from 'vitest'
import { safeCallback } from './safe-callback'

describe('safeCallback', () => {
  it('keeps paths of this origin whole', () => {
    expect(safeCallback('/o/meridian/runs?team=search#top')).toBe('/o/meridian/runs?team=search#top')
  })

  it.each([
    null,
    '',
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    '/sign-in?callbackUrl=/sign-in',
  ])('leads home from %j', (asked) => {
    expect(safeCallback(asked)).toBe('/')
  })
})
