import { describe, expect, it } from 'vitest'
import { shippedTables } from '@/lib/factors/fixtures'
import { calendarOf } from './calendar'
import { gridFiles } from './grid'

const { first, corrected } = gridFiles(calendarOf('2026-10'), shippedTables())
const meanOf = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length
const knownOf = (zone: string) =>
  first.find((file) => file.zone === zone)?.hours.flatMap(({ gPerKwh }) => (gPerKwh === null ? [] : [gPerKwh])) ?? []

describe('hourly grid intensity of the demo', () => {
  it('has the level of the shipped direct annual factor', () => {
    const means = first.map(({ zone }) => [zone, Math.round(meanOf(knownOf(zone)))])
    expect(means).toEqual([
      ['DE', 329],
      ['NL', 263],
      ['SE', 8],
      ['US-MIDA-PJM', 270],
    ])
  })

  it('swings as weather does and stays possible', () => {
    const german = knownOf('DE')
    expect(Math.min(...german)).toBeGreaterThan(50)
    expect(Math.max(...german)).toBeLessThan(900)
    expect(Math.max(...german) / Math.min(...german)).toBeGreaterThan(4)
  })

  it('says that it is synthetic, ends with estimates, lacks hours, and corrects a week', () => {
    expect(first.every(({ source }) => source.startsWith('synthetic, demo organisation'))).toBe(true)
    expect(first.every(({ hours }) => hours.slice(-72).every(({ estimated }) => estimated))).toBe(true)
    expect(first.find(({ zone }) => zone === 'NL')?.hours.filter(({ gPerKwh }) => gPerKwh === null)).toHaveLength(11)
    const before = new Map(first.find(({ zone }) => zone === 'DE')?.hours.map((hour) => [hour.at, hour]))
    expect(corrected.hours).toHaveLength(168)
    expect(
      corrected.hours.every(({ at, gPerKwh }) => before.get(at)?.estimated && before.get(at)?.gPerKwh !== gPerKwh),
    ).toBe(true)
  })
})
