import { describe, expect, test } from 'vitest'
import { HOUR } from '@/lib/units/time'
import { parseIntensityFile } from '../intensity-file'
import { electricityMapsForecast, electricityMapsHours } from './electricity-maps'
import { gbHours } from './gb-carbon-intensity'
import { hourMeans } from './hour-means'
import { wattTimeHours } from './watttime'

const T = Date.UTC(2026, 2, 1)
const iso = (at: number) => new Date(at).toISOString()
const emHour = (i: number, more: object = {}) => ({
  zone: 'DE',
  carbonIntensity: 300 + i,
  datetime: iso(T + i * HOUR),
  updatedAt: iso(T),
  createdAt: iso(T),
  emissionFactorType: 'direct',
  isEstimated: false,
  estimationMethod: null,
  ...more,
})
const DE = { zone: 'DE', basis: 'direct' } as const

describe('Electricity Maps', () => {
  test.each([
    ['latest', emHour(0)],
    ['history', { zone: 'DE', history: [emHour(0)] }],
    ['past-range', { zone: 'DE', data: [emHour(0)] }],
  ])('%s is read', (_, answer) => {
    expect(electricityMapsHours(answer, DE)).toEqual([{ at: T, gPerKwh: 300, estimated: false }])
  })

  test('the flag of an estimate is kept, null stays unknown, an impossible value is unknown and not 0', () => {
    const data = [
      emHour(0, { isEstimated: true }),
      emHour(1, { carbonIntensity: null }),
      emHour(2, { carbonIntensity: -5 }),
      emHour(3, { carbonIntensity: 0 }),
    ]
    expect(
      electricityMapsHours({ zone: 'DE', data }, DE).map(({ gPerKwh, estimated }) => [gPerKwh, estimated]),
    ).toEqual([
      [300, true],
      [null, false],
      [null, false],
      [0, false],
    ])
  })

  test.each([
    ['another zone', { zone: 'FR', data: [] }, /for the zone FR, not for DE/],
    [
      'life-cycle factors',
      { zone: 'DE', data: [emHour(0, { emissionFactorType: 'lifecycle' })] },
      /lifecycle factors where direct/,
    ],
    ['factors without a name', { zone: 'DE', data: [emHour(0, { emissionFactorType: undefined })] }, /unnamed factors/],
    [
      'a quarter of an hour',
      { zone: 'DE', data: [emHour(0, { datetime: iso(T + HOUR / 4) })] },
      /not the start of an hour/,
    ],
    ['nothing', {}, /shape that is not known/],
    ['null', null, /shape that is not known/],
  ])('%s is refused', (_, answer, words) => expect(() => electricityMapsHours(answer, DE)).toThrow(words))

  test('a forecast has its time of issue', () => {
    const answer = { zone: 'DE', forecast: [{ carbonIntensity: 100, datetime: iso(T) }], updatedAt: iso(T - HOUR) }
    expect(electricityMapsForecast(answer, DE)).toEqual({
      issuedAt: T - HOUR,
      hours: [{ at: T, gPerKwh: 100, estimated: true }],
    })
  })
})

const wattTime = (values: (number | null)[], meta: object = {}) => ({
  data: values.map((value, i) => ({ point_time: iso(T + i * 300_000), value })),
  meta: {
    region: 'CAISO_NORTH',
    signal_type: 'co2_moer',
    model: { date: '2026-03-01' },
    units: 'lbs_co2_per_mwh',
    data_point_period_seconds: 300,
    warnings: [],
    ...meta,
  },
})
const CAISO = { region: 'CAISO_NORTH', signal: 'co2_moer' } as const

describe('WattTime', () => {
  test('12 points of 870.1 lb/MWh are an hour of 394.67 g/kWh', () => {
    const { hours, modelDate } = wattTimeHours(wattTime(Array(12).fill(870.1)), CAISO)
    expect(modelDate).toBe('2026-03-01')
    expect(hours).toEqual([{ at: T, gPerKwh: expect.closeTo(394.6707, 4), estimated: false }])
  })

  test('an hour with points missing is an estimate, with most of them missing unknown', () => {
    expect(
      wattTimeHours(wattTime([1000, ...Array(5).fill(1000), ...Array(6).fill(null)]), CAISO).hours[0],
    ).toMatchObject({ estimated: true })
    expect(wattTimeHours(wattTime(Array(5).fill(1000)), CAISO).hours[0]).toEqual({
      at: T,
      gPerKwh: null,
      estimated: false,
    })
  })

  test.each([
    [{ region: 'ERCOT' }, /for the region ERCOT/],
    [{ signal_type: 'co2_aoer' }, /with co2_aoer, not with co2_moer/],
    [{ signal_type: 'health_damage', units: 'usd' }, /health_damage/],
    [{ units: 'kg_per_mwh' }, /not in lb\/MWh/],
    [{ data_point_period_seconds: 420 }, /no part of an hour/],
  ])('%o is refused', (meta, words) => expect(() => wattTimeHours(wattTime([1], meta), CAISO)).toThrow(words))
})

const gb = (halves: [number, number | null, number][]) => ({
  data: halves.map(([i, actual, forecast]) => ({
    from: `${iso(T + i * 1_800_000).slice(0, 16)}Z`,
    to: `${iso(T + (i + 1) * 1_800_000).slice(0, 16)}Z`,
    intensity: { forecast, actual, index: 'moderate' },
  })),
})

describe('GB Carbon Intensity', () => {
  const range = { from: T, to: T + 2 * HOUR }
  test('halves become hours, and the half-hour before the range is left out', () => {
    const answer = gb([
      [-1, 900, 900],
      [0, 200, 1],
      [1, 210, 1],
      [2, 300, 1],
      [3, null, 1],
      [4, 900, 900],
    ])
    expect(gbHours(answer, { of: 'actual', ...range })).toEqual([
      { at: T, gPerKwh: 205, estimated: false },
      { at: T + HOUR, gPerKwh: 300, estimated: true },
    ])
  })
  test('what was expected is read apart', () => {
    expect(
      gbHours(
        gb([
          [0, 200, 180],
          [1, null, 190],
        ]),
        { of: 'forecast', ...range },
      )[0]?.gPerKwh,
    ).toBe(185)
    expect(
      gbHours(
        gb([
          [0, null, 180],
          [1, null, 190],
        ]),
        { of: 'actual', ...range },
      )[0]?.gPerKwh,
    ).toBeNull()
  })
})

test('no hour is made of nothing', () => expect(hourMeans([{ at: T, gPerKwh: null }], HOUR)[0]?.gPerKwh).toBeNull())

describe('an uploaded file', () => {
  const read = (text: string, zone: string, basis: 'direct' | 'lifecycle' | 'marginal') => {
    const parsed = parseIntensityFile(text, { zone, basis })
    return parsed.ok ? parsed.hours : parsed.issues.map((issue) => issue.message)
  }
  test('may be the saved JSON of each API', () => {
    expect(read(JSON.stringify({ zone: 'DE', data: [emHour(0)] }), 'DE', 'direct')).toHaveLength(1)
    expect(read(JSON.stringify(wattTime(Array(12).fill(870.1))), 'US-CAL-CISO', 'marginal')).toHaveLength(1)
    expect(
      read(
        JSON.stringify(
          gb([
            [0, 200, 1],
            [1, 210, 1],
          ]),
        ),
        'GB',
        'direct',
      ),
    ).toHaveLength(1)
  })
  test('or WattTime’s CSV in lb/MWh', () => {
    const csv = ['point_time,value', ...Array.from({ length: 12 }, (_, i) => `${iso(T + i * 300_000)},870.1`)].join(
      '\n',
    )
    expect(read(csv, 'US-CAL-CISO', 'marginal')).toEqual([
      { at: T, gPerKwh: expect.closeTo(394.6707, 4), estimated: false },
    ])
    expect(read(csv, 'US-CAL-CISO', 'lifecycle')).toEqual([expect.stringMatching(/no life-cycle/)])
    expect(read('point_time,value\n2026-03-01 00:00,1', 'X', 'marginal')).toEqual([
      expect.stringMatching(/line 2.*no time with an offset/),
    ])
  })
  test('never passes a marginal figure for an average, nor the other way round', () => {
    expect(read(JSON.stringify(wattTime(Array(12).fill(1))), 'US-CAL-CISO', 'direct')).toEqual([
      expect.stringMatching(/which is marginal, not direct/),
    ])
    expect(read('hour,g_per_kwh\n2026-03-01T00:00:00Z,1', 'DE', 'marginal')).toEqual([
      expect.stringMatching(/WattTime files only/),
    ])
    expect(read('{"a":', 'DE', 'direct')).toEqual(['is neither valid JSON nor CSV'])
  })
})
