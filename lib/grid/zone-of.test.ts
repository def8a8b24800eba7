import { describe, expect, it } from 'vitest'
import { shippedTables } from '@/lib/factors/fixtures'
import { resolveZone } from './zone-of'
import { countryAt, zoneAt } from './zone-of-coordinates'

const tables = shippedTables()
const given = (gridZone: string) => resolveZone(tables, { gridZone })?.zone
const region = (cloudRegion: string, provider?: string) => resolveZone(tables, { cloudRegion, provider })?.zone

describe('a zone given', () => {
  it('is itself where we know it, in any case', () => {
    expect(resolveZone(tables, { gridZone: 'DE' })).toEqual({ zone: 'DE', source: 'given' })
    expect(given('us-cal-ciso')).toBe('US-CAL-CISO')
  })

  it('may be a country in two or three letters', () => {
    expect(['DEU', 'gbr', 'UK', 'USA', 'IT', 'JPN', 'CAN', 'BRA'].map(given)).toEqual([
      'DE',
      'GB',
      'GB',
      'US',
      'IT',
      'JP',
      'CA',
      'BR',
    ])
  })

  it('may be an eGRID subregion: the zone that shares its annual value, else itself', () => {
    expect(['CAMX', 'eGRID:CAMX', 'ercot', 'ERCT', 'newe'].map(given)).toEqual([
      'US-CAL-CISO',
      'US-CAL-CISO',
      undefined,
      'US-TEX-ERCO',
      'US-NE-ISNE',
    ])
    expect(['RFCW', 'egrid:rfcw', 'NYCW', 'AKGD'].map(given)).toEqual([
      'eGRID:RFCW',
      'eGRID:RFCW',
      'eGRID:NYCW',
      'eGRID:AKGD',
    ])
  })

  it('is kept when it is well formed and unknown', () => {
    expect(resolveZone(tables, { gridZone: 'SE-SE4' })).toEqual({
      zone: 'SE-SE4',
      source: 'given, unknown to the zone table',
    })
  })

  it('is refused otherwise, and nothing else is guessed in its place', () => {
    expect(resolveZone(tables, { gridZone: 'no such zone!', country: 'DE' })).toBeNull()
    expect(given('World')).toBeUndefined()
  })
})

describe('a cloud region', () => {
  it('is found in every spelling', () => {
    for (const text of ['aws:eu-west-1', 'aws/eu-west-1', 'AWS eu-west-1', 'eu-west-1', 'EU-WEST-1', 'eu-west-1b']) {
      expect([text, region(text)]).toEqual([text, 'IE'])
    }
    expect(['West Europe', 'azure:westeurope', 'microsoft/WestEurope'].map((text) => region(text))).toEqual([
      'NL',
      'NL',
      'NL',
    ])
    expect(['us-central1-f', 'google cloud:us-central1'].map((text) => region(text))).toEqual([
      'US-MIDW-MISO',
      'US-MIDW-MISO',
    ])
    expect(region('eu-central-1', 'aws')).toBe('DE')
  })

  it('of another provider, or unknown, has no zone', () => {
    expect([region('gcp:eu-west-1'), region('moon-1'), region('')]).toEqual([undefined, undefined, undefined])
  })

  it('in a subregion with a year of its own is in that subregion', () => {
    expect([region('us-east-1'), region('us-east-2'), region('northcentralus')]).toEqual([
      'US-MIDA-PJM',
      'eGRID:RFCW',
      'eGRID:RFCW',
    ])
  })

  it('comes before the country, and the country fills in for an unknown one', () => {
    expect(resolveZone(tables, { cloudRegion: 'ca-west-1', country: 'CAN' })?.zone).toBe('CA-AB')
    expect(resolveZone(tables, { cloudRegion: 'moon-1', country: 'FRA' })).toEqual({
      zone: 'FR',
      source: 'country FRA',
    })
    expect(resolveZone(tables, {})).toBeNull()
  })
})

describe('coordinates', () => {
  it('name the country whose average holds there', async () => {
    expect(await zoneAt(tables, 48.9, 2.4)).toMatchObject({ zone: 'FR' })
    expect(await zoneAt(tables, 52.5, 13.4)).toMatchObject({ zone: 'DE' })
    expect(await zoneAt(tables, 37.4, -122.1)).toMatchObject({ zone: 'US' })
  })

  it('keep a territory apart from the country it belongs to', async () => {
    expect(await zoneAt(tables, 22.3, 114.2)).toMatchObject({ zone: 'HK' })
    expect(await zoneAt(tables, 18.4, -66.1)).toMatchObject({ zone: 'eGRID:PRMS' })
  })

  it('at sea or impossible name nothing', async () => {
    expect([await countryAt(30, -40), await countryAt(91, 0), await countryAt(Number.NaN, 0)]).toEqual([
      null,
      null,
      null,
    ])
  })
})
