import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR, isoInstant } from '@/lib/units/time'
import { type ParsedIntensity, parseIntensityCsv } from './intensity-csv'

const accepted = (parsed: ParsedIntensity) => {
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues))
  return parsed
}
const issuesOf = (parsed: ParsedIntensity) => (parsed.ok ? [] : parsed.issues)
const plain = (text: string) => parseIntensityCsv(text, { zone: 'DE', basis: 'direct' })
const AT = Date.UTC(2023, 0, 1)

const OLD = [
  'Datetime (UTC),Country,Zone Name,Zone Id,Carbon Intensity gCO₂eq/kWh (direct),Carbon Intensity gCO₂eq/kWh (LCA),Low Carbon Percentage,Renewable Percentage,Data Source,Data Estimated,Data Estimation Method',
  '2023-01-01 00:00:00,Nowhere,North,XX-N,100.5,150.25,1,2,meter.example; grid.example,false,',
  '2023-01-01 01:00:00,Nowhere,North,XX-N,,,1,2,meter.example,true,GUESS',
  '2023-01-01 02:00:00,Nowhere,North,XX-N,0,12,1,2,"meter, other",true,GUESS',
  '',
].join('\r\n')
const NEW = [
  '\ufeffDatetime (UTC),Country,Zone name,Zone id,Carbon intensity gCO₂eq/kWh (direct),Carbon intensity gCO₂eq/kWh (Life cycle),Carbon-free energy percentage (CFE%),Renewable energy percentage (RE%),Data source,Data estimated,Data estimation method',
  '2025-06-01 00:00:00,Nowhere,North,XX-N,"100.5",150.25,1,2,meter.example,False,',
  '2025-06-01T01:00:00Z,Nowhere,North,XX-N,1e2,151,1,2,meter.example,True,GUESS',
].join('\n')

describe('Electricity Maps portal files', () => {
  it('of 2021–23 are read, one basis at a time; an empty cell is unknown and a zero is zero', () => {
    const direct = accepted(parseIntensityCsv(OLD, { zone: 'XX-N', basis: 'direct' }))
    expect(direct.hours).toEqual([
      { at: AT, gPerKwh: 100.5, estimated: false },
      { at: AT + HOUR, gPerKwh: null, estimated: false },
      { at: AT + 2 * HOUR, gPerKwh: 0, estimated: true },
    ])
    expect(direct.source).toBe('Electricity Maps portal CSV (data: grid.example, meter, other, meter.example)')
    const lifecycle = accepted(parseIntensityCsv(OLD, { zone: 'xx-n', basis: 'lifecycle' }))
    expect(lifecycle.hours.map((hour) => hour.gPerKwh)).toEqual([150.25, null, 12])
  })

  it('of 2025 are read, with a byte order mark and quotes', () => {
    const values = (['direct', 'lifecycle'] as const).map((basis) =>
      accepted(parseIntensityCsv(NEW, { zone: 'XX-N', basis })).hours.map((hour) => [hour.gPerKwh, hour.estimated]),
    )
    expect(values).toEqual([
      [
        [100.5, false],
        [100, true],
      ],
      [
        [150.25, false],
        [151, true],
      ],
    ])
  })

  it('of another zone are refused, line by line', () => {
    expect(issuesOf(parseIntensityCsv(OLD, { zone: 'DE', basis: 'direct' }))).toEqual([
      { path: 'line 2', message: 'is of zone "XX-N", not of DE' },
      { path: 'line 3', message: 'is of zone "XX-N", not of DE' },
      { path: 'line 4', message: 'is of zone "XX-N", not of DE' },
    ])
  })

  it('without the column of the basis are refused: the other basis never stands in', () => {
    const directOnly = OLD.replaceAll(/Carbon Intensity gCO₂eq\/kWh \(LCA\)/g, 'Something else')
    expect(issuesOf(parseIntensityCsv(directOnly, { zone: 'XX-N', basis: 'lifecycle' }))).toMatchObject([
      { path: 'line 1' },
    ])
  })

  it('that are daily or finer than hourly are refused', () => {
    const [header, first] = NEW.split('\n')
    const daily = [header, first, first?.replace('06-01', '06-02'), first?.replace('06-01', '06-03')].join('\n')
    expect(issuesOf(parseIntensityCsv(daily, { zone: 'XX-N', basis: 'direct' }))[0]?.message).toContain('daily')
    const quarter = [header, first, first?.replace('00:00:00', '00:15:00')].join('\n')
    expect(issuesOf(parseIntensityCsv(quarter, { zone: 'XX-N', basis: 'direct' }))).toMatchObject([{ path: 'line 3' }])
  })
})

describe('plain files', () => {
  it('have an hour with an offset, a value, and optionally whether it is estimated', () => {
    const text =
      'hour,g_per_kwh,estimated\r\n2023-01-01T02:00:00+02:00,1.5,\r\n\r\n2023-01-01T05:30:00+05:30,1.5,0\r\n2023-01-01T01:00Z,,true\r\n'
    expect(accepted(plain(text)).hours).toEqual([
      { at: AT, gPerKwh: 1.5, estimated: false },
      { at: AT + HOUR, gPerKwh: null, estimated: false },
    ])
  })

  it.each([
    ['a negative', '2023-01-01T00:00:00Z,-1', 'line 2', 'negative'],
    ['NaN', '2023-01-01T00:00:00Z,NaN', 'line 2', 'not a number'],
    ['infinity', '2023-01-01T00:00:00Z,1e999', 'line 2', 'above 5000'],
    ['words', '2023-01-01T00:00:00Z,n/a', 'line 2', 'not a number'],
    ['a decimal comma', '2023-01-01T00:00:00Z,"1,5"', 'line 2', 'not a number'],
    ['kilograms for grams of a megawatt hour', '2023-01-01T00:00:00Z,5000.1', 'line 2', 'above 5000'],
    ['half an hour', '2023-01-01T00:30:00Z,1', 'line 2', 'not the start'],
    ['a time without offset', '2023-01-01T00:00:00,1', 'line 2', 'no offset'],
    ['a day that does not exist', '2023-02-30T00:00:00Z,1', 'line 2', 'calendar'],
    ['hour 24', '2023-01-01T24:00:00Z,1', 'line 2', 'calendar'],
    [
      'another value for the same hour',
      '2023-01-01T00:00:00Z,1\n2023-01-01T01:00:00+01:00,2',
      'line 3',
      'another value on line 2',
    ],
    [
      'a value and an empty cell for the same hour',
      '2023-01-01T00:00:00Z,1\n2023-01-01T00:00:00Z,',
      'line 3',
      'another value',
    ],
    ['a missing column', '2023-01-01T00:00:00Z', 'line 2', 'columns'],
    ['one column too many', '2023-01-01T00:00:00Z,1,2', 'line 2', 'columns'],
    ['an open quote', '2023-01-01T00:00:00Z,"1', 'line 2', 'Quote'],
    ['nothing but empty values', '2023-01-01T00:00:00Z,', 'file', 'no hour has a value'],
    ['no rows', '', 'line 1', 'no rows'],
  ])('with %s are refused', (_, rows, path, message) => {
    const issues = issuesOf(plain(`hour,g_per_kwh\n${rows}`))
    expect(issues[0]?.path).toBe(path)
    expect(issues[0]?.message).toContain(message)
  })

  it('with an unknown header are refused', () => {
    for (const header of [
      'timestamp,avg_CI',
      'hour;g_per_kwh',
      'hour,g_per_kwh,hour',
      'hour,g_per_kwh,zone',
      'hour,value',
    ]) {
      expect(issuesOf(plain(`${header}\n2023-01-01T00:00:00Z,1`)).map((issue) => issue.path)).toEqual(['line 1'])
    }
    expect(issuesOf(plain(''))).toMatchObject([{ path: 'line 1', message: 'the file is empty' }])
  })

  it('with more than 200,000 rows, or with many faults, answer shortly', () => {
    expect(issuesOf(plain(`hour,g_per_kwh\n${'2023-01-01T00:00:00Z,1\n'.repeat(200_200)}`))).toMatchObject([
      { message: 'more than 200000 rows' },
    ])
    expect(issuesOf(plain(`hour,g_per_kwh\n${'x,1\n'.repeat(50)}`))).toHaveLength(21)
  })
})

it('the order of the rows does not matter', () => {
  const rows = fc.uniqueArray(
    fc.record({
      hour: fc.integer({ min: 0, max: 20_000 }),
      g: fc.option(fc.integer({ min: 0, max: 900 })),
      estimated: fc.boolean(),
    }),
    { selector: (row) => row.hour, minLength: 1, maxLength: 40 },
  )
  const shuffled = rows.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
  )
  const text = (list: { hour: number; g: number | null; estimated: boolean }[]) =>
    [
      'hour,g_per_kwh,estimated',
      ...list.map((row) => `${isoInstant(AT + row.hour * HOUR)},${row.g ?? ''},${row.estimated}`),
    ].join('\n')
  const sameEitherWay = fc.property(shuffled, ([list, other]) => {
    expect(plain(text(other))).toEqual(plain(text(list)))
  })
  fc.assert(sameEitherWay)
})

const folder = new URL('../../../shared/data/hourly/', import.meta.url)
describe.skipIf(!existsSync(folder))('the real files (skipped where ../shared/data/hourly is absent)', () => {
  it.each([
    ['DE-LU_2023_em.csv', 'DE', 'direct', 8760, 307.7, 30],
    ['DE-LU_2023_em.csv', 'DE', 'lifecycle', 8760, 367.0, 30],
    ['GB_2023_em.csv', 'GB', 'direct', 8760, 128.6, 20],
    ['AU-NSW_2023_em.csv', 'AU-NSW', 'lifecycle', 8760, 554.2, 143],
    ['SG_2023_em.csv', 'SG', 'direct', 8760, 369.2, 736],
    ['US-CAL-CISO_2022_direct.csv', 'US-CAL-CISO', 'direct', 8755, 217.6, 0],
    ['US-TEX-ERCO_2022_direct.csv', 'US-TEX-ERCO', 'direct', 8759, 358.0, 0],
    ['US-MIDA-PJM_2022_direct.csv', 'US-MIDA-PJM', 'direct', 8737, 380.3, 0],
  ] as const)(
    '%s, %s, %s: hours, mean and estimated as its README states',
    (file, zone, basis, count, mean, estimated) => {
      const { hours } = accepted(parseIntensityCsv(readFileSync(new URL(file, folder), 'utf8'), { zone, basis }))
      const values = hours.flatMap((hour) => (hour.gPerKwh === null ? [] : [hour.gPerKwh]))
      expect([hours.length, values.length, hours.filter((hour) => hour.estimated).length]).toEqual([
        8760,
        count,
        estimated,
      ])
      expect(values.reduce((sum, g) => sum + g, 0) / count).toBeCloseTo(mean, 1)
    },
  )

  it('the empty hour of US-CAL-CISO is unknown', () => {
    const text = readFileSync(new URL('US-CAL-CISO_2022_direct.csv', folder), 'utf8')
    const { hours } = accepted(parseIntensityCsv(text, { zone: 'US-CAL-CISO', basis: 'direct' }))
    expect(hours.find((hour) => hour.at === Date.UTC(2022, 0, 5, 10))?.gPerKwh).toBeNull()
  })

  it('five faulty hours of PJM are named and kept', () => {
    const text = readFileSync(new URL('US-MIDA-PJM_2022_direct.csv', folder), 'utf8')
    const { notes } = accepted(parseIntensityCsv(text, { zone: 'US-MIDA-PJM', basis: 'direct' }))
    expect(notes[0]).toMatch(/^5 of 8737 hours .* 2022-10-01T05:00:00Z; kept as given$/)
  })

  it('the raw dc-rl files, whose intensity is a life-cycle estimate, are refused by their header', () => {
    const text = readFileSync(new URL('US-PJM_2022_dcrl.csv', folder), 'utf8')
    expect(parseIntensityCsv(text, { zone: 'US-MIDA-PJM', basis: 'direct' }).ok).toBe(false)
  })
})
