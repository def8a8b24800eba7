import { expect, it } from 'vitest'
import { shippedTables } from './fixtures'
import { overlaid } from './overlay'
import type { FactorRecord } from './reference-tables'
import { residualOf } from './residual-of'
import { wueOf } from './wue-of'
import { yearFactorsOf } from './year-factors'

const shared = shippedTables()

const record = (changes: Partial<FactorRecord> & { id: string; kind: FactorRecord['kind'] }): FactorRecord => ({
  name: changes.id,
  zone: null,
  countryIso3: null,
  level: 'country',
  subject: null,
  version: 1,
  year: null,
  value: 1,
  profile: null,
  unit: 'g/kWh',
  basis: null,
  source: 'a contract',
  status: 'own',
  note: null,
  ...changes,
})
const own = (changes: Parameters<typeof record>[0], overrides: string | null = null) => ({
  ...record(changes),
  overrides,
})

it('an organisation’s override stands under the id that it overrides, and answers its look-ups', () => {
  const mine = own(
    { id: 'own:wue:aws:fleet', kind: 'wue', level: 'fleet', value: 0.11, unit: 'L/kWh' },
    'wue:aws:fleet',
  )
  const tables = overlaid(shared, { own: [mine], held: [] })
  expect(wueOf(tables, { cloudRegion: 'aws:ap-east-1', deployment: 'cloud' })).toMatchObject({
    value: 0.11,
    factor: { id: 'own:wue:aws:fleet', version: 1 },
  })
  expect(shared.factors.get('wue:aws:fleet')?.value).toBe(0.15)
})

it('an own factor of the same place hides the shared one; of another year it stands beside it', () => {
  const same = own({
    id: 'own:residual-mix:AT:2025',
    kind: 'residual-mix',
    zone: 'AT',
    subject: 'AT',
    year: 2025,
    value: 480,
  })
  expect(residualOf(overlaid(shared, { own: [same], held: [] }), 'AT', 2025)?.value).toBe(480)
  const year = own({
    id: 'own:grid-direct-year:DE:2026',
    kind: 'grid-direct-year',
    zone: 'DE',
    level: 'zone',
    year: 2026,
    value: 300,
  })
  const tables = overlaid(shared, { own: [year], held: [] })
  expect(yearFactorsOf(tables, 'DE', 'grid-direct-year').map((row) => [row.year, row.gPerKwh])).toEqual([
    [2026, 300],
    [2023, 329],
  ])
})

it('a version that waits for acceptance changes nothing: the one in force is read', () => {
  const held = record({
    id: 'residual:DE:2025',
    kind: 'residual-mix',
    zone: 'DE',
    subject: 'DE',
    year: 2025,
    value: 690,
  })
  const tables = overlaid(shared, { own: [], held: [held] })
  expect(residualOf(tables, 'DE', 2025)).toMatchObject({ value: 690, factor: { version: 1 } })
  expect(tables.factorsByZone.get('DE')?.filter((row) => row.factor.id === 'residual:DE:2025')).toHaveLength(1)
})

it('a withdrawn own factor gives way to the shared one again', () => {
  const gone = own(
    { id: 'own:wue:aws:fleet', kind: 'wue', level: 'fleet', value: 0.11, status: 'withdrawn' },
    'wue:aws:fleet',
  )
  expect(overlaid(shared, { own: [gone], held: [] }).factors.get('wue:aws:fleet')?.value).toBe(0.15)
})
