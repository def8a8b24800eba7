import { describe, expect, test } from 'vitest'
import { readingJudge } from './judge-reading'

const NOW = Date.parse('2026-03-01T12:00:00Z')
const said = { run: 'r', model: 'm', team: 't', stage: 'training', deployment: 'owned' } as const
const good = { meter: 'gpu0', kind: 'power', unit: 'W', at: '2026-03-01T10:00:00Z', value: 300 }
const judge = readingJudge(said, NOW)
const reasonOf = (item: unknown, context: Parameters<typeof readingJudge>[0] = said) => {
  const judgement = readingJudge(context, NOW)(item)
  return 'reason' in judgement ? judgement.reason : 'accepted'
}

test('a good reading is kept as the meter gave it', () => {
  expect(judge({ ...good, at: '2026-03-01T11:00:00.250+01:00', value: 300.5 })).toMatchObject({
    reading: { meter: 'gpu0', unit: 'W', boundary: 'it', value: 300.5, start: null, at: NOW - 7_199_750 },
  })
})

describe('each fault has a reason of its own', () => {
  const cases: [string, unknown, string][] = [
    ['a bare number', 300, 'not_an_object'],
    ['null', null, 'not_an_object'],
    ['an array', [good], 'not_an_object'],
    ['an unknown field', { ...good, valeu: 3 }, 'field_unknown'],
    ['a prototype name as a field', JSON.parse('{"__proto__": 1}'), 'field_unknown'],
    ['no meter', { ...good, meter: ' ' }, 'meter_missing'],
    ['a NUL in the meter', { ...good, meter: 'a\u0000b' }, 'meter_missing'],
    ['an unknown kind', { ...good, kind: 'gauge' }, 'kind_unknown'],
    ['an unknown unit', { ...good, unit: 'BTU' }, 'unit_unknown'],
    ['power in kWh', { ...good, unit: 'kWh' }, 'unit_not_for_kind'],
    ['a counter in W', { ...good, kind: 'counter' }, 'unit_not_for_kind'],
    ['an unknown boundary', { ...good, boundary: 'rack' }, 'boundary_unknown'],
    ['a text as value', { ...good, value: '300' }, 'value_not_a_number'],
    ['null as value', { ...good, value: null }, 'value_not_a_number'],
    ['infinity', { ...good, value: Number.POSITIVE_INFINITY }, 'value_not_a_number'],
    ['a negative value', { ...good, value: -1e-9 }, 'value_negative'],
    ['negative zero', { ...good, value: -0 }, 'value_negative'],
    ['more than a gigawatt', { ...good, value: 1e9 + 1 }, 'value_too_large'],
    ['no time', { ...good, at: undefined }, 'time_invalid'],
    ['epoch seconds', { ...good, at: 1_772_000_000 }, 'time_invalid'],
    ['hour 24', { ...good, at: '2026-03-01T24:30:00Z' }, 'time_invalid'],
    ['hour 25', { ...good, at: '2026-02-20T25:00:00Z' }, 'time_invalid'],
    ['30 February', { ...good, at: '2026-02-30T10:00:00Z' }, 'time_invalid'],
    ['29 February of a common year', { ...good, at: '2025-02-29T10:00:00Z' }, 'time_invalid'],
    ['a time without offset', { ...good, at: '2026-03-01T10:00:00' }, 'time_without_offset'],
    ['the last century', { ...good, at: '1999-12-31T23:59:59Z' }, 'time_too_old'],
    ['two hours ahead', { ...good, at: '2026-03-01T14:00:00Z' }, 'time_in_future'],
    ['a start for power', { ...good, start: '2026-03-01T09:00:00Z' }, 'start_not_for_kind'],
    ['an empty interval', { ...good, kind: 'delta', unit: 'kWh', start: good.at }, 'interval_empty'],
    ['two years', { ...good, kind: 'delta', unit: 'kWh', start: '2024-02-01T00:00:00Z' }, 'interval_too_long'],
    ['a PUE below 1', { ...good, pue: 0.9 }, 'context_invalid'],
    ['an unknown stage', { ...good, stage: 'adaptation' }, 'context_invalid'],
  ]
  test.each(cases)('%s', (_, item, reason) => expect(reasonOf(item)).toBe(reason))
})

describe('the context', () => {
  test('a reading without run and site belongs to nothing', () => {
    expect(reasonOf(good, {})).toBe('workload_missing')
  })
  test("a reading with a site and no run is the site's own meter", () => {
    expect(reasonOf({ ...good, boundary: 'facility' }, { site: 'fra' })).toBe('accepted')
  })
  test('a run without a team is refused', () => {
    expect(reasonOf(good, { run: 'r', model: 'm', stage: 'training', deployment: 'owned' })).toBe('context_invalid')
  })
  test('a run of which nobody said where it ran is refused', () => {
    expect(reasonOf(good, { run: 'r', model: 'm', team: 't', stage: 'training' })).toBe('deployment_missing')
  })
  test('a reading may override part of it', () => {
    expect(judge({ ...good, run: 'other' })).toMatchObject({ reading: { context: { run: 'other', team: 't' } } })
  })
  test('readings that say the same share one context', () => {
    const [a, b] = [judge(good), judge({ ...good, meter: 'gpu1' })]
    expect('reading' in a && 'reading' in b && a.reading.context === b.reading.context).toBe(true)
  })
})
