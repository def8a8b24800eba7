import { expect, it } from 'vitest'
import { stateOf } from './source-state'

const NOW = '2026-03-10T12:00:00.000Z'
const ago = (minutes: number) => new Date(Date.parse(NOW) - minutes * 60_000).toISOString()
const pulse = (last: number | null, more = {}) => ({
  ...{
    last_received_at: last === null ? null : ago(last),
    last_refused_at: null,
    usual_pause_s: 15,
    hasRefused: false,
  },
  ...more,
})

it.each([
  ['within a quarter of an hour', pulse(10), 'live'],
  ['an hour later, of a sender by the quarter minute', pulse(60), 'late'],
  ['a day later', pulse(1500), 'silent'],
  ['ten hours later, of one that sends every night', pulse(600, { usual_pause_s: 86_400 }), 'live'],
  ['four days later, of one that sends every night', pulse(4 * 1440, { usual_pause_s: 86_400 }), 'late'],
  ['refused after the last accepted', pulse(10, { last_refused_at: ago(2) }), 'refusing'],
  ['refused before the last accepted', pulse(2, { last_refused_at: ago(10) }), 'live'],
  ['nothing ever accepted', pulse(null, { hasRefused: true }), 'refusing'],
  ['made and never heard of', pulse(null), 'silent'],
])('%s: %s', (_, given, state) => expect(stateOf(given, NOW)).toBe(state))
