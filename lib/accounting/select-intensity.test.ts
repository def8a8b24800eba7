import { describe, expect, it } from 'vitest'
import { value } from '@/lib/units/quantity'
import type { YearFactor, ZoneFacts } from './facts'
import { DAY_START, factor, hourly, noHours, yearFactor, zone } from './fixtures'
import { chooseYear, selectIntensity } from './select-intensity'

const DE = { declaredGPerKwh: null, zone: 'DE' }
const profile = (gPerKwh: number, annualMeanGPerKwh = 200): ZoneFacts['profile'] => ({
  gPerKwh: Array.from({ length: 12 }, (_, month) => new Array<number>(24).fill(gPerKwh + month)),
  annualMeanGPerKwh,
  factor: factor('profile', { version: 3, basis: 'direct' }),
})
const bare = (more: Partial<ZoneFacts> = {}) => zone({ hourlyDirect: noHours(), ...more })
const firstHour = (from: Parameters<typeof selectIntensity>[0], facts?: ZoneFacts) => {
  const { cells, gap } = selectIntensity(from, facts, DAY_START)
  const cell = cells[0]
  return cell ? { g: value(cell.gPerKwh), tier: cell.tier, screening: cell.screening, factor: cell.factor } : gap
}

describe('the intensity of an hour', () => {
  const all = zone({
    hourlyDirect: [hourly(100), hourly(110, true), ...noHours().slice(2)],
    hourlyLifecycle: new Array(24).fill(hourly(500)),
    profile: profile(300),
    directYears: [yearFactor({ gPerKwh: 240 })],
    lifecycleYears: [yearFactor({ gPerKwh: 600 })],
  })

  it('is first of all what the sender declared, without a zone too', () => {
    expect(firstHour({ declaredGPerKwh: 55, zone: null }, undefined)).toMatchObject({
      g: 55,
      tier: 4,
      screening: false,
    })
    expect(firstHour({ declaredGPerKwh: 55, zone: 'DE' }, all)).toMatchObject({
      g: 55,
      factor: { id: 'declared-intensity' },
    })
    expect(firstHour({ declaredGPerKwh: 0, zone: 'DE' }, all)).toMatchObject({ g: 0 })
  })

  it('is then the direct value of that hour: tier 1 measured, tier 2 estimated', () => {
    const { cells } = selectIntensity(DE, all, DAY_START)
    expect(cells.slice(0, 3).map((cell) => cell?.tier)).toEqual([1, 2, 3])
  })

  it('is then the typical hour of the month, scaled to the annual factor, which its reference names', () => {
    expect(firstHour(DE, bare({ profile: profile(295), directYears: [yearFactor({ gPerKwh: 240 })] }))).toEqual({
      g: 360,
      tier: 3,
      screening: false,
      factor: {
        id: 'profile',
        version: 3,
        name: 'profile, scaled to zone-year@1',
        source: 'source of profile; source of zone-year',
        basis: 'direct',
      },
    })
  })

  it('takes a profile as it stands, and says so, where no annual factor is known', () => {
    expect(firstHour(DE, bare({ profile: profile(295) }))).toMatchObject({
      g: 300,
      tier: 3,
      factor: { name: 'profile, unscaled' },
    })
  })

  it('is then a direct factor of the zone-year (4), of the country-year (5)', () => {
    expect(firstHour(DE, bare({ directYears: [yearFactor()] }))).toMatchObject({ g: 400, tier: 4, screening: false })
    expect(firstHour(DE, bare({ directYears: [yearFactor({ level: 'country' })] }))).toMatchObject({
      tier: 5,
      screening: false,
    })
  })

  it('is only then a life-cycle average: tier 5, screening, the hour before the year', () => {
    const lifecycleYears = [yearFactor({ gPerKwh: 600 })]
    expect(firstHour(DE, bare({ hourlyLifecycle: new Array(24).fill(hourly(500)), lifecycleYears }))).toMatchObject({
      g: 500,
      tier: 5,
      screening: true,
    })
    expect(firstHour(DE, bare({ lifecycleYears }))).toMatchObject({ g: 600, tier: 5, screening: true })
  })

  it('is otherwise a gap that says why', () => {
    expect(firstHour({ declaredGPerKwh: null, zone: null }, undefined)).toBe('zone_unknown')
    expect(firstHour(DE, undefined)).toBe('no_intensity')
    expect(firstHour(DE, bare())).toBe('no_intensity')
  })
})

describe('the year of an annual factor', () => {
  const rows = (...given: [YearFactor['level'], number, string?][]) =>
    given.map(([level, year, status = 'verified']) => yearFactor({ level, year, status }))
  const chosen = (given: YearFactor[]) => {
    const row = chooseYear(given, 2023)
    return row && [row.level, row.year, row.status]
  }

  it('is the nearest, and the earlier one on a tie', () => {
    expect(chosen(rows(['zone', 2020], ['zone', 2024], ['zone', 2019]))).toEqual(['zone', 2024, 'verified'])
    expect(chosen(rows(['zone', 2024], ['zone', 2022]))).toEqual(['zone', 2022, 'verified'])
  })

  it('is of the zone before the country', () => {
    expect(chosen(rows(['country', 2023], ['zone', 2019]))).toEqual(['zone', 2019, 'verified'])
  })

  it('is recalled only where its level has nothing else', () => {
    expect(chosen(rows(['zone', 2023, 'recalled'], ['zone', 2018]))).toEqual(['zone', 2018, 'verified'])
    expect(chosen(rows(['zone', 2023, 'recalled'], ['country', 2023]))).toEqual(['zone', 2023, 'recalled'])
    expect(chosen([])).toBe(null)
  })
})
