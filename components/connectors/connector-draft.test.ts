import { describe, expect, test } from 'vitest'
import { type ConnectorKind, connectorFieldsSchema } from '@/lib/contracts/connectors'
import { requestOf } from './connector-draft'

const draft = (fields: Record<string, string | string[]>) => {
  const data = new FormData()
  for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) data.append(name, value)
  return data
}
const judged = (kind: ConnectorKind, fields: Record<string, string | string[]>, hasSecret = false) =>
  requestOf(draft({ name: 'One', ...fields }), kind, { hasSecret, isActive: true })

describe('a connector’s form', () => {
  test('reads zones in any layout, and what it makes is what the server takes', () => {
    const made = judged('electricity-maps', {
      zones: ' DE, FR\nUS-CAL-CISO;',
      bases: ['direct', 'lifecycle'],
      token: 't'.repeat(20),
      every_minutes: '30',
    })
    if (!('request' in made)) throw new Error(JSON.stringify(made.faults))
    expect(connectorFieldsSchema.parse(made.request)).toMatchObject({
      settings: {
        zones: ['DE', 'FR', 'US-CAL-CISO'],
        bases: ['direct', 'lifecycle'],
        every_minutes: 30,
        forecast: false,
      },
      secret: { token: 't'.repeat(20) },
    })
  })

  test('reads regions and zones in pairs', () => {
    const made = judged('watttime', {
      regions: 'CAISO_NORTH = US-CAL-CISO\nERCOT_EASTTX → US-TEX-ERCO',
      signals: 'co2_moer',
      username: 'ada',
      password: 'p',
    })
    if (!('request' in made)) throw new Error(JSON.stringify(made.faults))
    expect(connectorFieldsSchema.parse(made.request).settings).toMatchObject({
      regions: [
        { region: 'CAISO_NORTH', zone: 'US-CAL-CISO' },
        { region: 'ERCOT_EASTTX', zone: 'US-TEX-ERCO' },
      ],
    })
  })

  test('an empty key keeps the one that is kept; a ticked box takes it away', () => {
    const fields = {
      base_url: 'https://mlflow.example.org',
      team: 'search',
      deployment: 'owned',
      stage: 'training',
      way: 'token',
    }
    expect(judged('mlflow', fields, true)).not.toHaveProperty('request.secret')
    expect(judged('mlflow', { ...fields, forget: 'on' }, true)).toHaveProperty('request.secret', null)
    expect(judged('mlflow', { ...fields, way: 'login', username: 'ada', password: 'p' })).toHaveProperty(
      'request.secret.password',
      'p',
    )
  })

  test.each([
    ['electricity-maps', ['bases', 'token', 'zones']],
    ['watttime', ['password', 'regions', 'signals', 'username']],
    ['gb-carbon-intensity', []],
    ['mlflow', ['base_url', 'deployment', 'team']],
  ] as const)('%s says what is missing, by field', (kind, missing) => {
    const made = judged(kind, {})
    expect('faults' in made ? Object.keys(made.faults).sort() : []).toEqual(missing)
  })
})
