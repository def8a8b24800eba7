import { expect, it } from 'vitest'
import {
  activitiesAddress,
  activityAddress,
  addressOfTarget,
  assetAddress,
  explainApiUrl,
  explainUrl,
  factorAddress,
  figureAddress,
  figureRatioAddress,
  hardwareAddress,
  instrumentsAddress,
  lineAddress,
  modelAddress,
  readAddress,
  serviceAddress,
  siteAddress,
  statementAddress,
  zoneAddress,
} from './explain'

const window = { from: '2026-01-01', to: '2027-01-01' }
const line = 'led_00000000000080008000000000000001'

it.each([
  figureAddress('location', window),
  figureRatioAddress('coverage', window),
  figureRatioAddress('share', window, { team: 'a & b', stage: 'training' }, { measure: 'facility', of: 'team' }),
  instrumentsAddress('matched', window),
  instrumentsAddress('covered', window, 'DE'),
  activitiesAddress('upstream', window),
  modelAddress('a/b & c', 'amortised', '1k tokens', 5e9),
  figureAddress('total-market', window, { team: ['a & b', 'c?d=e'], run: '00000000-0000-7000-8000-000000000001' }),
  lineAddress(line),
  lineAddress(line, 'water', 0),
  lineAddress(line, 'market', undefined, 's2-screening'),
  statementAddress(2026, 's3-1-cloud'),
  siteAddress('berlin', 'pue', window),
  zoneAddress('US-CAL-CISO', 'own', window),
  'activity/00000000-0000-7000-8000-000000000001',
  activityAddress('00000000-0000-7000-8000-000000000001', 'upstream', window),
  assetAddress('00000000-0000-7000-8000-000000000001', 'booked'),
  hardwareAddress('run-off', window),
  'instrument/00000000-0000-7000-8000-000000000001',
  serviceAddress('00000000-0000-7000-8000-000000000001', '1k tokens', window),
  factorAddress('grid:direct:DE/2024 @x', 3),
])('reads what it writes: %s', (address) => {
  const target = readAddress(address)
  expect(target).not.toBeNull()
  expect(target && addressOfTarget(target)).toBe(address)
})

it.each([
  '',
  'figure',
  'figure?measure=location&from=2026-02-01&to=2026-01-01',
  'figure?ratio=share&from=2026-01-01&to=2027-01-01',
  'figure?ratio=share&of=team&measure=location&from=2026-01-01&to=2027-01-01',
  'activities?scope=2&from=2026-01-01&to=2027-01-01',
  'model/x?measure=weight',
  'figure?measure=carbon&from=2026-01-01&to=2027-01-01',
  `line/${line}?hour=24`,
  'line/led_1',
  'statement/2026',
  'site/berlin?ratio=dcie&from=2026-01-01&to=2027-01-01',
  'factor/no-version',
  'factor/%E0%A4%A',
  'secrets/1',
])('refuses %j', (address) => {
  expect(readAddress(address)).toBeNull()
})

it('is written into links as one value', () => {
  const address = figureAddress('location', window, { team: 'a & b' })
  const page = new URL(explainUrl('acme', address, 'https://example.org'))
  expect(page.searchParams.get('address')).toBe(address)
  const api = new URL(explainApiUrl('acme', address), 'https://example.org')
  expect([api.searchParams.get('team'), api.searchParams.get('org')]).toEqual(['a & b', 'acme'])
  expect(explainApiUrl('acme', statementAddress(2026, 's2'))).toBe('/api/v1/explain/statement/2026/s2?org=acme')
})
