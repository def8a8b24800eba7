import { expect, it } from 'vitest'
import { fallbackPue } from './fallback-pue'
import { shippedTables } from './fixtures'

const tables = shippedTables()
const found = (...question: Parameters<typeof fallbackPue> extends [unknown, infer Q] ? [Q] : never) => {
  const { pue, tier, factor } = fallbackPue(tables, ...question)
  return [pue, tier, factor.id]
}

it('a cloud region’s own PUE is tier 3', () => {
  expect(found({ cloudRegion: 'aws:eu-west-1', deployment: 'cloud' })).toEqual([1.11, 3, 'pue:aws:eu-west-1'])
})

it('a region without one takes its provider’s fleet, tier 4', () => {
  expect(found({ cloudRegion: 'AWS ap-east-1', deployment: 'cloud' })).toEqual([1.15, 4, 'pue:aws:fleet'])
  expect(found({ cloudRegion: 'gcp:me-central1', deployment: 'api' })).toEqual([1.09, 4, 'pue:google:fleet'])
  expect(found({ cloudRegion: 'azure:mars-north-1', deployment: 'cloud' })).toEqual([1.17, 4, 'pue:microsoft:fleet'])
  expect(found({ provider: 'Google Cloud', deployment: 'api' })).toEqual([1.09, 4, 'pue:google:fleet'])
})

it('everything else takes the industry average, tier 5', () => {
  const average = [1.56, 5, 'pue:industry-average']
  expect(found({ deployment: 'owned' })).toEqual(average)
  expect(found({ cloudRegion: 'nowhere', deployment: 'cloud' })).toEqual(average)
  expect(found({ provider: 'someone', deployment: 'api' })).toEqual(average)
})

it('an owned or colocated building is not the provider’s', () => {
  expect(found({ cloudRegion: 'aws:eu-west-1', deployment: 'colocation' })[2]).toBe('pue:industry-average')
})
