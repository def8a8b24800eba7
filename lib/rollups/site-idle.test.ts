import { expect, test } from 'vitest'
import { splitIdle } from './site-idle'

const TEAMS = [
  { team: 'a', it_uwh: 700n, peak_devices: 8n },
  { team: 'b', it_uwh: 200n, peak_devices: 24n },
  { team: null, it_uwh: 100n, peak_devices: null },
]
const pool = { it_uwh: 1_001n, location_mg: 333n }
const sum = (parts: bigint[]) => parts.reduce((all, part) => all + part, 0n)

test.each(['unallocated', 'consumed', 'reserved'] as const)(
  'Σ carried + unallocated = idle, to the last unit: %s',
  (rule) => {
    const idle = splitIdle({ ...pool, rule }, TEAMS)
    expect(sum(idle.users.map((user) => user.carried_uwh)) + idle.unallocated_uwh).toBe(1_001n)
    expect(sum(idle.users.map((user) => user.carried_mg ?? 0n)) + (idle.unallocated_mg ?? 0n)).toBe(333n)
  },
)

test('each rule is shown beside the one in force; by default idle stays a line of its own', () => {
  const idle = splitIdle({ ...pool, rule: 'unallocated' }, TEAMS)
  expect(idle.unallocated_uwh).toBe(1_001n)
  expect(idle.users.map((user) => user.by_consumed_uwh)).toEqual([701n, 200n, 100n])
  expect(idle.users.map((user) => user.by_reserved_uwh)).toEqual([250n, 751n, 0n])
})

test('where nobody says what was reserved, the rule by reservation leaves it unallocated', () => {
  const silent = TEAMS.map((team) => ({ ...team, peak_devices: null }))
  expect(splitIdle({ ...pool, rule: 'reserved' }, silent).unallocated_uwh).toBe(1_001n)
})
