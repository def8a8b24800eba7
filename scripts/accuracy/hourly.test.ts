import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bestWindow, windowIntensity } from '@/lib/accounting/scope-2/avoided'
import { experiencedIntensity } from '@/lib/accounting/scope-2/location-based'
import { type GramsCO2ePerKilowattHour, gramsPerKilowattHour, kilowattHours, value } from '@/lib/units/quantity'
import { CASES, type Case, givenOf } from './case'

// The mean intensities that the HR cases name, taken again from the real hours, which are licensed and lie beside the checkout.
const FOLDER = new URL('../../../shared/data/hourly/', import.meta.url)

const series = (file: string): (number | null)[] => {
  const [header, ...rows] = readFileSync(new URL(file, FOLDER), 'utf8').trim().split('\n')
  const columns = (header as string).trim().split(',')
  const direct = columns.findIndex((name) => name.endsWith('(direct)'))
  const column = direct >= 0 ? direct : columns.indexOf('avg_CI')
  return rows.map((row) => {
    const text = row.trim().split(',')[column] as string
    return text === '' ? null : Number(text)
  })
}

/** As HR-04 says of its three gaps: linear between the hours beside them. */
const filled = (cells: (number | null)[]): GramsCO2ePerKilowattHour[] =>
  cells.map((cell, i) => {
    if (cell !== null) return gramsPerKilowattHour(cell)
    let [before, after] = [i, i]
    while (cells[before] === null) before -= 1
    while (cells[after] === null) after += 1
    const [low, high] = [cells[before] as number, cells[after] as number]
    return gramsPerKilowattHour(low + ((high - low) * (i - before)) / (after - before))
  })

const meanOf = (hours: GramsCO2ePerKilowattHour[]): number =>
  value(
    experiencedIntensity(
      hours.map((intensity) => ({ energy: kilowattHours(1), intensity })),
    ) as GramsCO2ePerKilowattHour,
  )

const hourlyCases = CASES.filter(({ id }) => id.startsWith('HR-'))
const fileOf = (each: Case) => givenOf(each).text('file')
const named = (ids: string[]) =>
  hourlyCases
    .filter(({ id }) => ids.includes(id))
    .map((each) => [`${each.id}: ${each.title} (needs ${fileOf(each)})`, each] as const)
const isHere = (each: Case) => existsSync(new URL(fileOf(each), FOLDER))

describe('real hours', () => {
  for (const [name, each] of named(['HR-01', 'HR-02', 'HR-03', 'HR-04', 'HR-05', 'HR-06', 'HR-07']))
    it.skipIf(!isHere(each))(name, () => {
      const given = givenOf(each)
      const hours = filled(series(fileOf(each)))
      expect(hours).toHaveLength(8760)
      expect(meanOf(hours)).toBeCloseTo(given.number('mean_year_g'), 5)
      if (each.id === 'HR-07') return
      const [from, to] = given.list('window_utc') as [number, number]
      expect(meanOf(hours.filter((_, i) => i % 24 >= from && i % 24 < to))).toBeCloseTo(
        given.number('mean_window_g'),
        5,
      )
    })

  for (const [name, each] of named(['HR-08', 'HR-09']))
    it.skipIf(!isHere(each))(name, () => {
      const given = givenOf(each)
      const day = (Date.UTC(2023, 5, 15) - Date.UTC(2023, 0, 1)) / 3_600_000
      const hours = series(fileOf(each)).map((each) => (each === null ? null : gramsPerKilowattHour(each)))
      const length = given.number('h')
      const at = (index: number) => windowIntensity(hours, day + index, length)
      expect(at(18)).toBeCloseTo(given.number('baseline_g'), 5)
      const best = bestWindow(hours, { release: day + 18, deadline: day + 42, hours: length })
      expect(best?.start).toBe(day + given.number('best_start_utc_index'))
      expect(best?.intensity).toBeCloseTo(given.number('best_g'), 5)
    })
})
