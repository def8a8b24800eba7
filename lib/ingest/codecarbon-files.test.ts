import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readEmissionsTable } from './codecarbon-table'
import { pointsOf, type RefusedRow, readTotalsRow, runsOfRows, type TotalsRow } from './codecarbon-totals'

const fixture = (name: string) => readFileSync(path.join(import.meta.dirname, 'codecarbon.fixtures', name))
const NOW = Date.parse('2026-12-01T00:00:00Z')

const read = (bytes: Uint8Array, zone = 'UTC') => {
  const rows = readEmissionsTable(bytes).rows.map((row) => readTotalsRow(row, { zone, now: NOW }))
  const unread = rows.filter((row): row is RefusedRow => 'reason' in row)
  const { runs, refused } = runsOfRows(rows.filter((row): row is TotalsRow => 'energy' in row))
  return { runs, refused: [...unread, ...refused] }
}
const csv = (...lines: string[]) => Buffer.from(lines.join('\n'))
const HEAD = 'timestamp,project_name,run_id,experiment_id,duration,energy_consumed'

describe.each(['2.8.4', '3.0.8', '3.2.9', '3.3.0'])('files of client %s', (version) => {
  it('are read: totals of each run, whose last one is what it used', () => {
    const { runs, refused } = read(fixture(`emissions-${version}.csv`))
    expect(refused).toEqual([])
    expect(runs.map(({ experiment, rows }) => [experiment, rows.length])).toEqual([
      ['rec', 2],
      ['rec-tasks', 1],
    ])
    for (const { runId, rows } of runs) {
      expect(runId).toMatch(/^[0-9a-f-]{36}$/)
      const points = pointsOf(rows, new Map())
      const sum = points.reduce((total, { adds }) => total + adds, 0)
      expect(sum).toBeCloseTo(rows.at(-1)?.energy as number, 15)
    }
    // The rows that 3.2 and later append lack the cells of empty columns.
    for (const { said } of runs.flatMap(({ rows }) => rows)) {
      expect(said.country_iso_code).toBe('FRA')
      expect(said.on_cloud).toBe('N')
      expect(said.pue).toBe(1)
      expect(said.os).toMatch(/^Linux/)
    }
  })

  it('and tasks, each with its own energy', () => {
    const { runs, refused } = read(fixture(`tasks-${version}.csv`))
    expect(refused).toEqual([])
    expect(runs).toHaveLength(1)
    expect(runs[0]?.rows.map(({ task }) => task)).toEqual(['load', 'train'])
    const whole = read(fixture(`emissions-${version}.csv`)).runs[1]?.rows[0]?.energy as number
    const tasks = (runs[0]?.rows ?? []).reduce((sum, { energy }) => sum + energy, 0)
    expect(tasks).toBeLessThanOrEqual(whole * 1.0001)
  })
})

describe('rows', () => {
  it('without an id are told by their start', () => {
    const { runs, refused } = read(
      csv(
        HEAD,
        '2026-03-01T09:00:10,p,None,e,10,0.1',
        '2026-03-01T09:00:40,p,None,e,39.4,0.4',
        '2026-03-01T11:00:10,p,None,e,10,0.2',
      ),
    )
    expect(refused).toEqual([])
    expect(runs.map(({ rows }) => rows.map(({ energy }) => energy))).toEqual([[0.1, 0.4], [0.2]])
  })

  it('without an id that fall are of two trackers, and refused', () => {
    const { refused } = read(csv(HEAD, '2026-03-01T09:00:10,p,None,e,10,0.9', '2026-03-01T09:00:40,p,None,e,40,0.4'))
    expect(refused).toEqual([expect.objectContaining({ line: 3, reason: expect.stringContaining('told apart') })])
  })

  const id = '7daa7dab-1248-43e2-941b-7936af6e6bd9'
  it('of a run grow; one that falls is refused', () => {
    const { runs, refused } = read(
      csv(HEAD, `2026-03-01T09:00:10,p,${id},e,10,0.9`, `2026-03-01T09:00:40,p,${id},e,40,0.4`),
    )
    expect(refused).toEqual([expect.objectContaining({ line: 3, reason: expect.stringContaining('only grows') })])
    expect(runs[0]?.rows).toHaveLength(1)
  })

  it('in the doubled hour agree with the start of their run', () => {
    const { runs } = read(
      csv(HEAD, `2026-10-25T02:10:00,p,${id},e,3600,1`, `2026-10-25T02:10:00,p,${id},e,7200,2`),
      'Europe/Paris',
    )
    expect(runs[0]?.rows.map(({ at }) => new Date(at).toISOString())).toEqual([
      '2026-10-25T00:10:00.000Z',
      '2026-10-25T01:10:00.000Z',
    ])
  })

  it.each([
    ['2026-03-29T02:30:00', '10', '1', 'clocks go forward'],
    ['2027-01-01T00:00:00', '10', '1', 'future'],
    ['1999-01-01T00:00:00', '10', '1', '2000'],
    ['2026-03-01T09:00:00', '', '1', 'duration'],
    ['2026-03-01T09:00:00', '10', 'nan', 'energy_consumed'],
    ['2026-03-01T09:00:00', '10', '-1', 'energy_consumed'],
    ['2026-03-01T09:00:00', '10', '2e6', 'gigawatt'],
    ['2026-03-01T09:00:00', '1e9', '1', 'year'],
  ])('at %s of %s s with %s kWh are refused: %s', (at, duration, energy, reason) => {
    const { refused } = read(csv(HEAD, `${at},p,${id},e,${duration},${energy}`), 'Europe/Paris')
    expect(refused).toEqual([{ line: 2, run: id, reason: expect.stringContaining(reason) }])
  })

  it('with too few or too many cells are refused by their line', () => {
    const { refused } = read(csv(HEAD, 'a,b', `2026-03-01T09:00:00,p,${id},e,10,1,2`))
    expect(refused.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'has 2 cells where the header has 6'],
      [3, 'has 7 cells where the header has 6'],
    ])
  })

  it('add only what no total told before, and a further one of the same second keeps its own time', () => {
    const { runs } = read(csv(HEAD, `2026-03-01T09:00:10,p,${id},e,10,1`, `2026-03-01T09:00:10,p,${id},e,10.4,1.5`))
    const rows = runs[0]?.rows ?? []
    const first = rows[0]?.at as number
    const points = pointsOf(rows, new Map([[first, 1]]))
    expect(points.map(({ at, known, adds }) => [at - first, known, adds])).toEqual([
      [0, true, 0],
      [1, false, 0.5],
    ])
  })
})

describe('a file', () => {
  it.each([
    ['', 'empty'],
    ['a,b\n1,2', 'timestamp'],
    [HEAD, 'no rows'],
    [`${HEAD},duration\n`, 'twice'],
  ])('%j is refused: %s', (text, reason) => {
    expect(() => readEmissionsTable(Buffer.from(text))).toThrow(
      expect.objectContaining({
        options: { issues: [{ path: 'line 1', message: expect.stringContaining(reason) }] },
      }),
    )
  })
})
