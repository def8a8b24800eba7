import { describe, expect, test } from 'vitest'
import { isInMarket } from './markets'
import { type InstrumentClaim, judgeInstrument } from './quality-criteria'

const sound: InstrumentClaim = {
  kind: 'go',
  conveysAttribute: true,
  soleClaim: true,
  trackingSystem: 'HKNR',
  cancelledOn: '2026-03-01',
  cancelledFor: 'Meridian Labs GmbH',
  vintageFrom: '2025-01-01',
  vintageTo: '2026-01-01',
  evidence: null,
  siteInMarket: true,
  residualMixKnown: true,
  reporter: 'Meridian Labs',
}
const failedOf = (more: Partial<InstrumentClaim>) =>
  judgeInstrument({ ...sound, ...more }).failed.map(({ criterion }) => criterion)

describe('the quality criteria of the Scope 2 Guidance', () => {
  test('are met by a guarantee of origin that was cancelled for the reporter', () => expect(failedOf({})).toEqual([]))

  test.each<[string, Partial<InstrumentClaim>, string]>([
    ['conveys no attribute', { conveysAttribute: false }, 'conveys_attribute'],
    ['another may claim it', { soleClaim: false }, 'sole_claim'],
    ['in no register', { trackingSystem: null }, 'tracked_and_cancelled'],
    ['not cancelled', { cancelledOn: null, cancelledFor: null }, 'tracked_and_cancelled'],
    ['cancelled for somebody else', { cancelledFor: 'Other Labs' }, 'tracked_and_cancelled'],
    ['a vintage of two years', { vintageTo: '2027-01-01' }, 'vintage_close'],
    ['cancelled years later', { cancelledOn: '2027-12-01' }, 'vintage_close'],
    ['cancelled before it was produced', { cancelledOn: '2024-12-01' }, 'vintage_close'],
    ['its site lies elsewhere', { siteInMarket: false }, 'same_market'],
    ['a tariff without evidence', { kind: 'green_tariff' }, 'supplier_delivered'],
    [
      'a contract that shows nothing',
      { kind: 'ppa', trackingSystem: null, cancelledOn: null, cancelledFor: null },
      'contract_transfers_claims',
    ],
  ])('%s', (_, more, criterion) => expect(failedOf(more)).toEqual([criterion]))

  test('a missing residual mix is disclosed and takes nothing away', () => {
    const judged = judgeInstrument({ ...sound, residualMixKnown: false })
    expect(judged.failed).toEqual([])
    expect(judged.disclosures).toHaveLength(1)
  })
})

describe('a market', () => {
  test.each([
    ['DE', { zone: 'DE', countryIso2: 'DE' }, true],
    ['US', { zone: 'US-CAL-CISO', countryIso2: 'US' }, true],
    ['US-CAL-CISO', { zone: 'US-TEX-ERCO', countryIso2: 'US' }, false],
    ['EU', { zone: 'NO-NO1', countryIso2: 'NO' }, true],
    ['EU', { zone: 'GB', countryIso2: 'GB' }, false],
    ['EU', { zone: 'XX', countryIso2: null }, false],
  ])('%s holds %o: %s', (market, place, expected) => expect(isInMarket(market, place)).toBe(expected))
})
