import { describe, expect, it } from 'vitest'
import { instantNear, instantsOf } from './local-time'

const iso = (times: number[]) => times.map((at) => new Date(at).toISOString())

describe('a local time', () => {
  it.each([
    ['2026-03-01T09:00:00', 'UTC', ['2026-03-01T09:00:00.000Z']],
    ['2026-03-01T09:00:00', 'Europe/Paris', ['2026-03-01T08:00:00.000Z']],
    ['2026-07-01 09:00:00', 'Europe/Paris', ['2026-07-01T07:00:00.000Z']],
    ['2026-03-01T09:00:00', 'Asia/Kathmandu', ['2026-03-01T03:15:00.000Z']],
    ['2026-03-01T09:00:00', 'America/Los_Angeles', ['2026-03-01T17:00:00.000Z']],
    ['2026-03-01T09:00:00+02:00', 'America/Los_Angeles', ['2026-03-01T07:00:00.000Z']],
    // Clocks go forward: this hour is left out. They go back: it is gone through twice.
    ['2026-03-29T02:30:00', 'Europe/Paris', []],
    ['2026-10-25T02:30:00', 'Europe/Paris', ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']],
    ['2026-02-30T09:00:00', 'UTC', []],
    ['2026-03-01T25:00:00', 'UTC', []],
    ['yesterday', 'UTC', []],
  ])('%s in %s', (text, zone, expected) => {
    expect(iso(instantsOf(text, zone))).toEqual(expected)
  })

  const arrival = Date.parse('2026-11-28T00:12:02.5Z')
  it.each([
    ['2026-11-28T00:12:01', '2026-11-28T00:12:01.000Z'],
    ['2026-11-28T01:12:01', '2026-11-28T00:12:01.000Z'],
    ['2026-11-27T16:12:01', '2026-11-28T00:12:01.000Z'],
    ['2026-11-28T05:57:01', '2026-11-28T00:12:01.000Z'],
    ['2026-11-28T00:11:01', '2026-11-28T00:11:01.000Z'],
  ])('%s that arrives at once is %s, wherever it was written', (text, expected) => {
    expect(iso([instantNear(text, arrival) as number])).toEqual([expected])
  })

  it.each(['2026-11-28T00:06:01', '2026-11-29T00:12:01', '2026-11-26T00:12:01', 'now'])(
    '%s did not just arrive',
    (text) => {
      expect(instantNear(text, arrival)).toBeNull()
    },
  )
})
